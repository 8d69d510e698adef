package dev.sluice.toolkit.kustomize;

import com.google.gson.annotations.SerializedName;
import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.DependencyReference;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.KubeConfigReference;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.RecordBuilder;
import dev.sluice.toolkit.meta.Required;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a Kustomization.
 *
 * @param deletionPolicy {@code MirrorPrune} (the default), {@code Delete}, {@code WaitForTermination} or {@code Orphan}
 * @param waitForReady whether to wait until all applied objects are healthy; {@code wait} in JSON, which is not allowed
 *     as the name of a record component
 */
public record KustomizationSpec(
        FluxDuration interval,
        Boolean prune,
        NamespacedObjectKindReference sourceRef,
        List<String> buildMetadata,
        @Nullable CommonMetadata commonMetadata,
        List<String> components,
        @Nullable Decryption decryption,
        @Nullable String deletionPolicy,
        List<DependencyReference> dependsOn,
        @Nullable Boolean force,
        List<CustomHealthCheck> healthCheckExprs,
        List<NamespacedObjectKindReference> healthChecks,
        List<IgnoreRule> ignore,
        @Nullable Boolean ignoreMissingComponents,
        List<Image> images,
        @Nullable KubeConfigReference kubeConfig,
        @Nullable String namePrefix,
        @Nullable String nameSuffix,
        List<Patch> patches,
        @Nullable String path,
        @Nullable PostBuild postBuild,
        @Nullable FluxDuration retryInterval,
        @Nullable String serviceAccountName,
        @Nullable Boolean suspend,
        @Nullable String targetNamespace,
        @Nullable FluxDuration timeout,
        @SerializedName("wait") @Nullable Boolean waitForReady) {

    public KustomizationSpec {
        Required.field(interval, "KustomizationSpec", "interval");
        Required.field(prune, "KustomizationSpec", "prune");
        Required.field(sourceRef, "KustomizationSpec", "sourceRef");
        buildMetadata = List.copyOf(buildMetadata);
        components = List.copyOf(components);
        dependsOn = List.copyOf(dependsOn);
        healthCheckExprs = List.copyOf(healthCheckExprs);
        healthChecks = List.copyOf(healthChecks);
        ignore = List.copyOf(ignore);
        images = List.copyOf(images);
        patches = List.copyOf(patches);
    }

    /** Returns an empty builder; {@code build()} requires {@code interval}, {@code prune} and {@code sourceRef}. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Returns a builder with the values of this record. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builder with a setter for each field; see {@link RecordBuilder}. */
    public static final class Builder extends RecordBuilder<KustomizationSpec, Builder> {

        private Builder(@Nullable KustomizationSpec from) {
            super(KustomizationSpec.class, from);
        }

        public Builder interval(Duration interval) {
            return set("interval", FluxDuration.of(interval));
        }

        public Builder prune(boolean prune) {
            return set("prune", prune);
        }

        public Builder sourceRef(NamespacedObjectKindReference sourceRef) {
            return set("sourceRef", sourceRef);
        }

        public Builder buildMetadata(List<String> buildMetadata) {
            return set("buildMetadata", buildMetadata);
        }

        public Builder commonMetadata(CommonMetadata commonMetadata) {
            return set("commonMetadata", commonMetadata);
        }

        public Builder components(List<String> components) {
            return set("components", components);
        }

        public Builder decryption(Decryption decryption) {
            return set("decryption", decryption);
        }

        public Builder deletionPolicy(String deletionPolicy) {
            return set("deletionPolicy", deletionPolicy);
        }

        public Builder dependsOn(List<DependencyReference> dependsOn) {
            return set("dependsOn", dependsOn);
        }

        public Builder force(boolean force) {
            return set("force", force);
        }

        public Builder healthCheckExprs(List<CustomHealthCheck> healthCheckExprs) {
            return set("healthCheckExprs", healthCheckExprs);
        }

        public Builder healthChecks(List<NamespacedObjectKindReference> healthChecks) {
            return set("healthChecks", healthChecks);
        }

        public Builder ignore(List<IgnoreRule> ignore) {
            return set("ignore", ignore);
        }

        public Builder ignoreMissingComponents(boolean ignoreMissingComponents) {
            return set("ignoreMissingComponents", ignoreMissingComponents);
        }

        public Builder images(List<Image> images) {
            return set("images", images);
        }

        public Builder kubeConfig(KubeConfigReference kubeConfig) {
            return set("kubeConfig", kubeConfig);
        }

        public Builder namePrefix(String namePrefix) {
            return set("namePrefix", namePrefix);
        }

        public Builder nameSuffix(String nameSuffix) {
            return set("nameSuffix", nameSuffix);
        }

        public Builder patches(List<Patch> patches) {
            return set("patches", patches);
        }

        public Builder path(String path) {
            return set("path", path);
        }

        public Builder postBuild(PostBuild postBuild) {
            return set("postBuild", postBuild);
        }

        public Builder retryInterval(Duration retryInterval) {
            return set("retryInterval", FluxDuration.of(retryInterval));
        }

        public Builder serviceAccountName(String serviceAccountName) {
            return set("serviceAccountName", serviceAccountName);
        }

        public Builder suspend(boolean suspend) {
            return set("suspend", suspend);
        }

        public Builder targetNamespace(String targetNamespace) {
            return set("targetNamespace", targetNamespace);
        }

        public Builder timeout(Duration timeout) {
            return set("timeout", FluxDuration.of(timeout));
        }

        public Builder waitForReady(boolean waitForReady) {
            return set("waitForReady", waitForReady);
        }
    }
}
