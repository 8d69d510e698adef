package dev.sluice.examples.release.api;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.source.OIDCIdentityMatch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the signature of a release is verified; the fields are those of Flux's OCIRepository, and {@code signatureFile}.
 *
 * @param provider {@code cosign}
 * @param signatureFile beside the release's file; {@code {version}} stands for the version, null for the file's name with
 *     {@code .sig} for keys and {@code .sigstore.json} for identities
 * @param secretRef a Secret with public keys in entries that end in {@code .pub}; one of them must have signed
 * @param matchOIDCIdentity who may have signed without a key of their own; used without {@code secretRef}
 * @param trustedRootSecretRef a Secret with {@code trusted_root.json}: the authorities and logs behind the identities
 */
public record ReleaseVerification(
        String provider,
        @Nullable String signatureFile,
        @Nullable LocalObjectReference secretRef,
        List<OIDCIdentityMatch> matchOIDCIdentity,
        @Nullable LocalObjectReference trustedRootSecretRef) {

    public ReleaseVerification {
        Required.field(provider, "ReleaseVerification", "provider");
        // absent in JSON
        matchOIDCIdentity = List.copyOf(Objects.requireNonNullElse(matchOIDCIdentity, List.of()));
    }
}
