package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.source.OCILayerSelector;
import dev.sluice.toolkit.source.OCIRepositoryRef;
import dev.sluice.toolkit.source.OCIRepositoryVerification;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spec of the HelmChart or OCIRepository that helm-controller creates.
 *
 * @param chart required for a HelmChart, not allowed for an OCIRepository, like {@code sourceRef}
 * @param url required for an OCIRepository, not allowed for a HelmChart
 * @param interval defaults to that of the release
 * @param version a version or a range such as {@code 8.x}; defaults to the latest
 */
public record HelmChartTemplateSpec(
        @Nullable String chart,
        @Nullable NamespacedObjectKindReference sourceRef,
        @Nullable String url,
        @Nullable LocalObjectReference certSecretRef,
        @Nullable String ignore,
        @Nullable Boolean ignoreMissingValuesFiles,
        @Nullable Boolean insecure,
        @Nullable FluxDuration interval,
        @Nullable OCILayerSelector layerSelector,
        @Nullable String provider,
        @Nullable LocalObjectReference proxySecretRef,
        @Nullable String reconcileStrategy,
        @Nullable OCIRepositoryRef ref,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName,
        @Nullable Boolean suspend,
        @Nullable FluxDuration timeout,
        List<String> valuesFiles,
        @Nullable OCIRepositoryVerification verify,
        @Nullable String version) {

    public HelmChartTemplateSpec {
        valuesFiles = List.copyOf(valuesFiles);
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<HelmChartTemplateSpec, Builder> {

        private Builder(@Nullable HelmChartTemplateSpec from) {
            super(HelmChartTemplateSpec.class, from);
        }

        public Builder chart(String chart) {
            return set("chart", chart);
        }

        public Builder sourceRef(NamespacedObjectKindReference sourceRef) {
            return set("sourceRef", sourceRef);
        }

        public Builder url(String url) {
            return set("url", url);
        }

        public Builder certSecretRef(LocalObjectReference certSecretRef) {
            return set("certSecretRef", certSecretRef);
        }

        public Builder ignore(String ignore) {
            return set("ignore", ignore);
        }

        public Builder insecure(boolean insecure) {
            return set("insecure", insecure);
        }

        public Builder layerSelector(OCILayerSelector layerSelector) {
            return set("layerSelector", layerSelector);
        }

        public Builder provider(String provider) {
            return set("provider", provider);
        }

        public Builder proxySecretRef(LocalObjectReference proxySecretRef) {
            return set("proxySecretRef", proxySecretRef);
        }

        public Builder ref(OCIRepositoryRef ref) {
            return set("ref", ref);
        }

        public Builder secretRef(LocalObjectReference secretRef) {
            return set("secretRef", secretRef);
        }

        public Builder serviceAccountName(String serviceAccountName) {
            return set("serviceAccountName", serviceAccountName);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }

        public Builder ignoreMissingValuesFiles(boolean ignoreMissingValuesFiles) {
            return set("ignoreMissingValuesFiles", ignoreMissingValuesFiles);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder reconcileStrategy(String reconcileStrategy) {
            return set("reconcileStrategy", reconcileStrategy);
        }

        public Builder valuesFiles(List<String> valuesFiles) {
            return set("valuesFiles", valuesFiles);
        }

        public Builder verify(OCIRepositoryVerification verify) {
            return set("verify", verify);
        }

        public Builder version(String version) {
            return set("version", version);
        }
    }
}
