package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to verify the signature of an OCI artifact.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}, {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param provider the technology used to sign the OCI Artifact; {@code cosign} by default; one of {@code cosign},
 *     {@code notation}
 * @param matchOIDCIdentity the identity matching criteria to use while verifying an OCI artifact which was signed
 *     using Cosign keyless signing. The artifact's identity is deemed to be verified if any of the specified matchers
 *     match against the identity. In a HelmRelease since Flux 2.10
 * @param secretRef the Kubernetes Secret containing the trusted public keys
 * @param trustedRootSecretRef a Secret with {@code trusted_root.json}, the authorities and logs of another Sigstore;
 *     the public ones by default; since Flux 2.9, in a HelmRelease since Flux 2.10
 */
public record OCIRepositoryVerification(
        String provider,
        List<OIDCIdentityMatch> matchOIDCIdentity,
        @Nullable LocalObjectReference secretRef,
        @Nullable LocalObjectReference trustedRootSecretRef) {

    public OCIRepositoryVerification {
        Required.field(provider, "OCIRepositoryVerification", "provider");
        matchOIDCIdentity = List.copyOf(matchOIDCIdentity);
    }
}
