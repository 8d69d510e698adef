package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs commits.
 *
 * @param type {@code gpg} (the default) or {@code ssh}; not in v1beta2
 */
public record SigningKey(
        LocalObjectReference secretRef, @Nullable String type) {

    public SigningKey {
        Required.field(secretRef, "SigningKey", "secretRef");
    }
}
