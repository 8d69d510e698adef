package dev.sluice.examples.crud;

import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.helm.HelmReleaseList;
import dev.sluice.toolkit.helm.HelmReleaseSpec;
import dev.sluice.toolkit.image.ImagePolicy;
import dev.sluice.toolkit.image.ImagePolicyChoice;
import dev.sluice.toolkit.image.ImagePolicySpec;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.json.ToolkitYaml;
import dev.sluice.toolkit.kustomize.Kustomization;
import dev.sluice.toolkit.kustomize.KustomizationSpec;
import dev.sluice.toolkit.kustomize.Patch;
import dev.sluice.toolkit.kustomize.Selector;
import dev.sluice.toolkit.meta.Annotations;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.DependencyReference;
import dev.sluice.toolkit.meta.JsonValue;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.NamespacedObjectReference;
import dev.sluice.toolkit.meta.ToolkitList;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.options.PatchOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The code of docs/toolkit-api.md. */
final class ToolkitApiGuide {

    private ToolkitApiGuide() {}

    // region connect
    static ApiClient connect(String kubeconfig) throws IOException {
        return Config.fromConfig(kubeconfig);
    }

    static GenericKubernetesApi<HelmRelease, HelmReleaseList> releases(ApiClient client) {
        return HelmRelease.TYPE.api(client);
    }
    // endregion

    // region read
    static List<String> read(GenericKubernetesApi<HelmRelease, HelmReleaseList> releases, String namespace)
            throws ApiException {
        List<String> report = new ArrayList<>();
        for (HelmRelease release :
                releases.list(namespace).throwsApiException().getObject().items()) {
            String message = release.condition(ConditionTypes.READY)
                    .map(V1Condition::getMessage)
                    .orElse("not reconciled yet");
            report.add(release.key() + " ready=" + release.isReady() + ": " + message);
        }
        return report;
    }
    // endregion

    // region build
    static Kustomization build() {
        KustomizationSpec spec = KustomizationSpec.builder()
                .sourceRef(NamespacedObjectKindReference.of("GitRepository", "shop"))
                .path("./deploy/production")
                .interval(Duration.ofMinutes(10))
                .prune(true)
                .dependsOn(List.of(new DependencyReference("cert-manager", "flux-system", null)))
                .patches(List.of(new Patch("""
                        - op: replace
                          path: /spec/replicas
                          value: 3
                        """, Selector.of("Deployment", "web"))))
                .build();
        return new Kustomization(new V1ObjectMeta().namespace("flux-system").name("shop"), spec);
    }
    // endregion

    // region update
    static void update(GenericKubernetesApi<HelmRelease, HelmReleaseList> releases, String namespace, String name)
            throws ApiException {
        HelmRelease current = releases.get(namespace, name).throwsApiException().getObject();
        HelmReleaseSpec suspended = current.spec().toBuilder().suspend(true).build();
        releases.update(current.withSpec(suspended)).throwsApiException();
    }
    // endregion

    // region apply
    static void apply(GenericKubernetesApi<HelmRelease, HelmReleaseList> releases, HelmRelease release)
            throws ApiException {
        PatchOptions options = new PatchOptions();
        options.setFieldManager("my-tool");
        options.setForce(true);
        V1Patch patch = new V1Patch(ToolkitJson.gson().toJson(release));
        releases.patch(release.key().namespace(), release.key().name(), V1Patch.PATCH_FORMAT_APPLY_YAML, patch, options)
                .throwsApiException();
    }
    // endregion

    // region reconcile
    static String reconcile(GenericKubernetesApi<HelmRelease, HelmReleaseList> releases, String namespace, String name)
            throws ApiException {
        String requestedAt = Instant.now().toString();
        V1Patch annotation = new V1Patch("""
                {"metadata": {"annotations": {"%s": "%s"}}}
                """.formatted(Annotations.RECONCILE_REQUESTED_AT, requestedAt));
        releases.patch(namespace, name, V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH, annotation)
                .throwsApiException();
        return requestedAt;
    }
    // endregion

    // region watch
    static SharedInformerFactory watch(ApiClient client, String namespace, ResourceEventHandler<HelmRelease> handler) {
        client.setReadTimeout(0);
        SharedInformerFactory informers = new SharedInformerFactory(client);
        HelmRelease.TYPE.informer(informers, client, namespace, Duration.ZERO).addEventHandler(handler);
        informers.startAllRegisteredInformers();
        return informers;
    }
    // endregion

    // region own-kind
    /** A custom resource of your own: the names of the kind, the object, its spec and status, and the list. */
    @NullMarked
    record ConfigSource(
            String apiVersion,
            String kind,
            V1ObjectMeta metadata,
            Spec spec,
            @Nullable Status status) implements ToolkitObject<ConfigSource.Spec, ConfigSource.Status> {

        static final ApiType<ConfigSource, Items> TYPE = new ApiType<>(
                new ApiKind("example.com", "v1", "ConfigSource", "configsources"), ConfigSource.class, Items.class);

        record Spec(String url, @Nullable String path) {}

        record Status(List<V1Condition> conditions) implements ConditionedStatus {}

        record Items(String apiVersion, String kind, V1ListMeta metadata, List<ConfigSource> items)
                implements ToolkitList<ConfigSource> {}

        ConfigSource {
            apiVersion = TYPE.kind().apiVersion(); // the items of a list have neither
            kind = TYPE.kind().kind();
        }

        @Override
        public ConfigSource withMetadata(V1ObjectMeta metadata) {
            return new ConfigSource(apiVersion, kind, metadata, spec, status);
        }
    }
    // endregion

    // region values
    static HelmReleaseSpec withValues() {
        JsonValue values = JsonValue.parse("""
                {"replicas": 2, "ratio": 1.0, "nodePort": null}""");
        return HelmReleaseSpec.builder()
                .interval(Duration.ofMinutes(5))
                .chartRef(NamespacedObjectKindReference.of("OCIRepository", "web"))
                .values(values)
                .build();
    }
    // endregion

    // region yaml
    static String yaml(String manifest) {
        HelmRelease release = ToolkitYaml.read(manifest, HelmRelease.TYPE);
        return ToolkitYaml.write(release);
    }
    // endregion

    // region version
    static ImagePolicy olderVersion() {
        ImagePolicySpec spec = new ImagePolicySpec(
                new NamespacedObjectReference("web", null), ImagePolicyChoice.semver("8.x"), null, null, null, null);
        return ImagePolicy.of(
                ImagePolicy.V1BETA2, new V1ObjectMeta().namespace("flux-system").name("web"), spec);
    }
    // endregion
}
