package dev.sluice.examples.release.api;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.source.OIDCIdentityMatch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to verify the signature of a release. The fields are those of Flux's OCIRepository, and {@code signatureFile}.
 *
 * @param provider {@code cosign}
 * @param signatureFile a file in the directory of the release; {@code {version}} is replaced by the version. Null for
 *     the release's file name with {@code .sig} for keys and {@code .sigstore.json} for identities
 * @param secretRef a Secret with public keys in entries that end in {@code .pub}; one of them must match the signature
 * @param matchOIDCIdentity identities for keyless signatures; used without {@code secretRef}
 * @param trustedRootSecretRef a Secret with {@code trusted_root.json}: the certificate authorities and transparency
 *     logs
 */
public record ReleaseVerification(
        String provider,
        @Nullable String signatureFile,
        @Nullable LocalObjectReference secretRef,
        List<OIDCIdentityMatch> matchOIDCIdentity,
        @Nullable LocalObjectReference trustedRootSecretRef) {

    public ReleaseVerification {
        Required.field(provider, "ReleaseVerification", "provider");
        // missing in JSON
        matchOIDCIdentity = List.copyOf(Objects.requireNonNullElse(matchOIDCIdentity, List.of()));
    }
}
