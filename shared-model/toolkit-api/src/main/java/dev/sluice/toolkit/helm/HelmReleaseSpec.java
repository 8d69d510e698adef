package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.kustomize.CustomHealthCheck;
import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.DependencyReference;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.JsonValue;
import dev.sluice.toolkit.meta.KubeConfigReference;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ValuesReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a HelmRelease; the chart comes either from a template or from a source.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param interval interval at which to reconcile the Helm release, as a Go duration such as {@code 10m}
 * @param chart the template of the v1.HelmChart that should be created for this HelmRelease
 * @param chartRef a reference to a source controller resource containing the Helm chart artifact
 * @param commonMetadata the common labels and annotations that are applied to all resources. Any existing label or
 *     annotation will be overridden if its key matches a common one. Since Flux 2.7
 * @param dependsOn references to HelmRelease resources that must be ready before this
 *     HelmRelease can be reconciled
 * @param driftDetection the configuration for detecting and handling differences between the manifest in the Helm
 *     storage and the resources currently existing in the cluster
 * @param healthCheckExprs a list of healthcheck expressions for evaluating the health of custom resources using Common
 *     Expression Language (CEL). The expressions are evaluated only when the specific Helm action taking place has wait
 *     enabled, i.e. DisableWait is false, and the 'poller' WaitStrategy is used. Since Flux 2.8
 * @param install the configuration for Helm install actions for this HelmRelease
 * @param kubeConfig the KubeConfig for reconciling the HelmRelease on a remote cluster. When used in combination with
 *     HelmReleaseSpec.ServiceAccountName, forces the controller to act on behalf of that Service Account at the target
 *     cluster. If the --default-service-account flag is set, its value will be used as a controller level fallback for
 *     when HelmReleaseSpec.ServiceAccountName is empty
 * @param maxHistory the number of revisions saved by Helm for this HelmRelease. Use '0' for an unlimited number of
 *     revisions; defaults to '5'
 * @param persistentClient tells the controller to use a persistent Kubernetes client for this release. When enabled,
 *     the client will be reused for the duration of the reconciliation, instead of being created and destroyed for
 *     each (step of a) Helm action. If not set, it defaults to true
 * @param postRenderStrategy the strategy for sending hooks to post-renderers. Valid values are 'nohooks' (hooks not
 *     sent to post-renderers, Helm 3 behavior), 'combined' (hooks and templates sent together, Helm 4 default), and
 *     'separate' (hooks and templates sent in separate streams, Helm 4.2 opt-in). Defaults to 'combined', or 'nohooks'
 *     when the UseHelm3Defaults feature gate is enabled. Since Flux 2.9
 * @param postRenderers an array of Helm PostRenderers, which will be applied in order of their definition
 * @param releaseName the name used for the Helm release. Defaults to a composition of '[TargetNamespace-]Name'
 * @param rollback the configuration for Helm rollback actions for this HelmRelease
 * @param serviceAccountName the name of the Kubernetes service account to impersonate when reconciling this
 *     HelmRelease
 * @param storageNamespace the namespace used for the Helm storage. Defaults to the namespace of the HelmRelease
 * @param suspend tells the controller to suspend reconciliation for this HelmRelease, it does not apply to already
 *     started reconciliations. Defaults to false
 * @param targetNamespace the namespace to target when performing operations for the HelmRelease. Defaults to the
 *     namespace of the HelmRelease
 * @param test the configuration for Helm test actions for this HelmRelease
 * @param timeout the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the performance
 *     of a Helm action. Defaults to '5m0s'. A Go duration such as {@code 10m}
 * @param uninstall the configuration for Helm uninstall actions for this HelmRelease
 * @param upgrade the configuration for Helm upgrade actions for this HelmRelease
 * @param values values of the chart, merged over those of {@code valuesFrom}
 * @param valuesFrom references to resources containing Helm values for this HelmRelease, and information about how
 *     they should be merged
 * @param waitStrategy Helm's wait strategy for waiting for applied resources to become ready; since Flux 2.8
 */
public record HelmReleaseSpec(
        FluxDuration interval,
        @Nullable HelmChartTemplate chart,
        @Nullable NamespacedObjectKindReference chartRef,
        @Nullable CommonMetadata commonMetadata,
        List<DependencyReference> dependsOn,
        @Nullable DriftDetection driftDetection,
        List<CustomHealthCheck> healthCheckExprs,
        @Nullable Install install,
        @Nullable KubeConfigReference kubeConfig,
        @Nullable Integer maxHistory,
        @Nullable Boolean persistentClient,
        @Nullable String postRenderStrategy,
        List<PostRenderer> postRenderers,
        @Nullable String releaseName,
        @Nullable Rollback rollback,
        @Nullable String serviceAccountName,
        @Nullable String storageNamespace,
        @Nullable Boolean suspend,
        @Nullable String targetNamespace,
        @Nullable Test test,
        @Nullable FluxDuration timeout,
        @Nullable Uninstall uninstall,
        @Nullable Upgrade upgrade,
        @Nullable JsonValue values,
        List<ValuesReference> valuesFrom,
        @Nullable WaitStrategy waitStrategy) {

    public HelmReleaseSpec {
        Required.field(interval, "HelmReleaseSpec", "interval");
        dependsOn = List.copyOf(dependsOn);
        healthCheckExprs = List.copyOf(healthCheckExprs);
        postRenderers = List.copyOf(postRenderers);
        valuesFrom = List.copyOf(valuesFrom);
    }

    /** Returns an empty builder; {@code build()} requires {@code interval}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<HelmReleaseSpec, Builder> {

        private Builder(@Nullable HelmReleaseSpec from) {
            super(HelmReleaseSpec.class, from);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder chart(HelmChartTemplate chart) {
            return set("chart", chart);
        }

        public Builder chartRef(NamespacedObjectKindReference chartRef) {
            return set("chartRef", chartRef);
        }

        public Builder commonMetadata(CommonMetadata commonMetadata) {
            return set("commonMetadata", commonMetadata);
        }

        public Builder dependsOn(List<DependencyReference> dependsOn) {
            return set("dependsOn", dependsOn);
        }

        public Builder driftDetection(DriftDetection driftDetection) {
            return set("driftDetection", driftDetection);
        }

        public Builder healthCheckExprs(List<CustomHealthCheck> healthCheckExprs) {
            return set("healthCheckExprs", healthCheckExprs);
        }

        public Builder install(Install install) {
            return set("install", install);
        }

        public Builder kubeConfig(KubeConfigReference kubeConfig) {
            return set("kubeConfig", kubeConfig);
        }

        public Builder maxHistory(int maxHistory) {
            return set("maxHistory", maxHistory);
        }

        public Builder persistentClient(boolean persistentClient) {
            return set("persistentClient", persistentClient);
        }

        public Builder postRenderStrategy(String postRenderStrategy) {
            return set("postRenderStrategy", postRenderStrategy);
        }

        public Builder postRenderers(List<PostRenderer> postRenderers) {
            return set("postRenderers", postRenderers);
        }

        public Builder releaseName(String releaseName) {
            return set("releaseName", releaseName);
        }

        public Builder rollback(Rollback rollback) {
            return set("rollback", rollback);
        }

        public Builder serviceAccountName(String serviceAccountName) {
            return set("serviceAccountName", serviceAccountName);
        }

        public Builder storageNamespace(String storageNamespace) {
            return set("storageNamespace", storageNamespace);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder targetNamespace(String targetNamespace) {
            return set("targetNamespace", targetNamespace);
        }

        public Builder test(Test test) {
            return set("test", test);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }

        public Builder uninstall(Uninstall uninstall) {
            return set("uninstall", uninstall);
        }

        public Builder upgrade(Upgrade upgrade) {
            return set("upgrade", upgrade);
        }

        public Builder values(JsonValue values) {
            return set("values", values);
        }

        /** Sets free-form values from maps, lists, strings, numbers, booleans and nulls; see {@link JsonValue#of}. */
        public Builder values(Map<String, ?> values) {
            return values(JsonValue.of(values));
        }

        public Builder valuesFrom(List<ValuesReference> valuesFrom) {
            return set("valuesFrom", valuesFrom);
        }

        public Builder waitStrategy(WaitStrategy waitStrategy) {
            return set("waitStrategy", waitStrategy);
        }
    }
}
