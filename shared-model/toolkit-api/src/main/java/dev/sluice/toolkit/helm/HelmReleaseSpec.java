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

/** The desired state of a HelmRelease; the chart comes either from a template or from a source. */
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
