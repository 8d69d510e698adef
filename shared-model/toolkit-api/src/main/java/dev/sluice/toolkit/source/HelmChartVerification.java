package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How to verify the signature of a chart in an OCI registry. */
public record HelmChartVerification(
        String provider,
        List<OIDCIdentityMatch> matchOIDCIdentity,
        @Nullable LocalObjectReference secretRef) {

    public HelmChartVerification {
        Required.field(provider, "HelmChartVerification", "provider");
        matchOIDCIdentity = List.copyOf(matchOIDCIdentity);
    }
}
