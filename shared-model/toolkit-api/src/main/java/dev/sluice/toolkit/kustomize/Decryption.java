package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * How to decrypt encrypted files.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param provider the name of the decryption engine, which is always {@code sops}
 * @param secretRef the secret name containing the private OpenPGP keys used for decryption. A static credential for a
 *     cloud provider defined inside the Secret takes priority over secret-less authentication with the
 *     ServiceAccountName field
 * @param serviceAccountName the name of the service account used to authenticate with KMS services from cloud
 *     providers. If a static credential for a given cloud provider is defined inside the Secret referenced by
 *     SecretRef, that static credential takes priority. Since Flux 2.6
 */
public record Decryption(
        String provider,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName) {

    public Decryption {
        Required.field(provider, "Decryption", "provider");
    }
}
