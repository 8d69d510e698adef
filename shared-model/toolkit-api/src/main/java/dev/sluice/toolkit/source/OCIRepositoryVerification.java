package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How to verify the signature of an OCI artifact. */
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
