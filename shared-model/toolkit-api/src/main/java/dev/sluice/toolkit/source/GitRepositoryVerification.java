package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** Which Git signatures have to be valid, and with which keys. */
public record GitRepositoryVerification(
        LocalObjectReference secretRef, @Nullable String mode) {

    public GitRepositoryVerification {
        Required.field(secretRef, "GitRepositoryVerification", "secretRef");
    }
}
