package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The Git signatures to verify, and the keys.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param secretRef the Secret containing the public keys of trusted Git authors. PGP public keys must be stored under
 *     keys with the .asc suffix, and SSH public keys must be stored under keys with the .sshpub suffix
 * @param mode which Git object(s) should be verified. The variants "head" and "HEAD" both imply the same thing, i.e.
 *     verify the commit that the HEAD of the Git repository points to; {@code HEAD} by default; one of {@code head},
 *     {@code HEAD}, {@code Tag}, {@code TagAndHEAD}
 */
public record GitRepositoryVerification(
        LocalObjectReference secretRef, @Nullable String mode) {

    public GitRepositoryVerification {
        Required.field(secretRef, "GitRepositoryVerification", "secretRef");
    }
}
