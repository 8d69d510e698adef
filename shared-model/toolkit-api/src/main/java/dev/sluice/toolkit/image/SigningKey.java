package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs commits.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param secretRef a Secret containing the signing key. For type 'gpg', the Secret must contain a 'git.asc'
 *     (ASCII-armored OpenPGP keypair) and may contain a 'passphrase'
 * @param type {@code gpg} (the default) or {@code ssh}; not in v1beta2; since Flux 2.9
 */
public record SigningKey(
        LocalObjectReference secretRef, @Nullable String type) {

    public SigningKey {
        Required.field(secretRef, "SigningKey", "secretRef");
    }
}
