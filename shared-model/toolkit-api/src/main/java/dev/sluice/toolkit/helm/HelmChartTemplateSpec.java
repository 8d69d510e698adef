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
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param chart required for a HelmChart, not allowed for an OCIRepository, like {@code sourceRef}
 * @param sourceRef the name and namespace of the v1.Source the chart is available at
 * @param url required for an OCIRepository, not allowed for a HelmChart; since Flux 2.10
 * @param certSecretRef a Secret with {@code ca.crt}, {@code tls.crt} and {@code tls.key} for the registry; since Flux
 *     2.10
 * @param ignore patterns in gitignore syntax; since Flux 2.10
 * @param ignoreMissingValuesFiles controls whether to silently ignore missing values files rather than failing
 * @param insecure allows a registry without TLS; since Flux 2.10
 * @param interval time between two checks of the source, as a Go duration; defaults to that of the release
 * @param layerSelector the layer of the OCI artifact that has the chart; since Flux 2.10
 * @param provider the provider of the credentials: {@code generic} (the default), {@code aws}, {@code azure} or {@code
 *     gcp}; since Flux 2.10
 * @param proxySecretRef a Secret with the address and credentials of a proxy; since Flux 2.10
 * @param reconcileStrategy determines what enables the creation of a new artifact. Valid values are ('ChartVersion',
 *     'Revision'). Defaults to ChartVersion when omitted
 * @param ref the tag, version or digest to pull; since Flux 2.10
 * @param secretRef a Secret of type {@code kubernetes.io/dockerconfigjson} with credentials; since Flux 2.10
 * @param serviceAccountName the ServiceAccount whose pull secrets or workload identity is used; since Flux 2.10
 * @param suspend suspends the reconciliation of the source; since Flux 2.10
 * @param timeout time limit of a pull, as a Go duration; {@code 60s} by default; since Flux 2.10
 * @param valuesFiles alternative list of values files to use as the chart values (values.yaml is not included by
 *     default), expected to be a relative path in the SourceRef. Values files are merged in the order of this list
 *     with the last file overriding the first
 * @param verify the secret name containing the trusted public keys used to verify the signature and specifies which
 *     provider to use to check whether OCI image is authentic. This field is only supported for OCI sources
 * @param version a version or a range such as {@code 8.x}; defaults to {@code *}, the latest
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
