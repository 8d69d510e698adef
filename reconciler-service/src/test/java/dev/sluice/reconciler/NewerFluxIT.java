package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Tests generators of a cluster with a newer ArtifactGenerator CRD: unknown fields stall the generator and published
 * artifacts stay.
 */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class NewerFluxIT {

    private static final ArtifactInventoryEntry OF_A_NEWER_KIND =
            new ArtifactInventoryEntry("Cluster", "tenant-a", null, "sha256:" + "1".repeat(64), null);

    @TempDir
    Path temporary;

    private Cluster cluster;
    private Namespaced own;
    private LocalSources sources;
    private Path storage;
    private RunningReconciler reconciler;
    private KubernetesApi api;
    private String first;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        this.api = api;
        cluster = new Cluster(api.newClient());
        cluster.installCrds();
        cluster.apply(withUnknownFields(manifest()));
        own = new Namespaced(cluster, namespace);
        storage = Files.createDirectory(temporary.resolve("storage"));
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        sources.publish(own.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        own.generator("one", "");
        reconciler = RunningReconciler.start(api, storage);
        own.awaitArtifact("one");
        own.awaitReady("one");
        first = own.artifact("one").path();
    }

    @AfterEach
    void stop() throws IOException {
        reconciler.close();
        sources.close();
        cluster.installCrds();
    }

    @Test
    void anUnknownFieldStallsTheGeneratorAndKeepsItsArtifacts() throws IOException {
        Path file = Namespaced.file(storage, own.artifact("one"));
        writeInventory(OF_A_NEWER_KIND);

        await("the newer CRD").atMost(Namespaced.LIMIT).until(() -> {
            own.edit("one", "{\"spec\":{\"newerField\":\"deployer\"}}");
            return stored().getAsJsonObject("spec").has("newerField");
        });

        V1Condition stalled = await("Stalled")
                .atMost(Namespaced.LIMIT)
                .until(
                        () -> Conditions.find(generator().conditions(), ConditionTypes.STALLED)
                                .orElse(null),
                        Objects::nonNull);
        assertThat(stalled.getReason()).isEqualTo("ValidationFailed");
        assertThat(stalled.getMessage())
                .isEqualTo("spec.newerField is not supported by this version of the controller, so nothing is"
                        + " published; remove the field or upgrade the controller");
        String version = own.version("one");
        sources.publish(own.key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));
        own.request("one");
        assertThat(own.version("one")).as("version of the ExternalArtifact").isEqualTo(version);
        assertThat(file).exists();
        assertThat(inventory()).contains(OF_A_NEWER_KIND);

        own.edit("one", "{\"spec\":{\"newerField\":null}}");
        own.awaitReady("one");
        assertThat(own.version("one")).as("version of the ExternalArtifact").isNotEqualTo(version);
        assertThat(inventory()).hasSize(2).contains(OF_A_NEWER_KIND);
    }

    /** Before the CRD is upgraded, and after going back: the API server drops the fields of Flux 2.10. */
    @Test
    void theCrdOfFlux29BeforeAndAfterCausesNoRollout() throws IOException {
        installOlderCrd();
        assertNoRollout();
        sources.publish(own.key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));
        await("x: 2").atMost(Namespaced.LIMIT).until(() -> own.artifact("one").path(), path -> !path.equals(first));
        own.awaitReady("one");

        cluster.installCrds();
        assertNoRollout();
        await("the newer CRD").atMost(Namespaced.LIMIT).until(() -> {
            String revision = "main@sha1:" + UUID.randomUUID();
            String before = status().observedSourcesDigest();
            sources.publish(own.key("app"), revision, Map.of("a/x.yaml", "x: 2\n"));
            await().atMost(Namespaced.LIMIT).until(() -> !Objects.equals(before, status().observedSourcesDigest()));
            return "ExternalArtifact".equals(inventory().get(0).kind());
        });
        assertNoRollout();

        installOlderCrd();
        reconciler.close();
        reconciler = RunningReconciler.start(api, storage);
        assertNoRollout();
        assertThat(Namespaced.file(storage, own.artifact("one"))).exists();
    }

    private void installOlderCrd() throws IOException {
        cluster.apply(withoutNewFields(manifest()));
        await("the older CRD")
                .atMost(Namespaced.LIMIT)
                .until(() -> inventory().stream().allMatch(entry -> entry.kind() == null));
    }

    /** Neither a change since the last call nor by a further run. */
    private void assertNoRollout() throws IOException {
        String version = own.version("one");
        V1Condition ready = ready();
        own.request("one");
        assertThat(own.version("one")).as("version of the ExternalArtifact").isEqualTo(version);
        assertThat(ready()).isEqualTo(ready);
    }

    private V1Condition ready() throws IOException {
        return Conditions.find(generator().conditions(), ConditionTypes.READY).orElseThrow();
    }

    private ArtifactGeneratorStatus status() throws IOException {
        return Objects.requireNonNull(generator().status());
    }

    private void writeInventory(ArtifactInventoryEntry entry) throws IOException {
        JsonObject added =
                new Gson().fromJson("""
                {"kind": "%s", "name": "%s", "digest": "%s"}""".formatted(entry.kind(), entry.name(), entry.digest()), JsonObject.class);
        JsonObject body = new JsonObject();
        body.add("status", stored().getAsJsonObject("status"));
        body.getAsJsonObject("status").getAsJsonArray("inventory").add(added);
        cluster.requests()
                .mergePatch(
                        ResourcePath.of(ArtifactGenerator.TYPE.kind(), own.key("one"))
                                .subresource("status"),
                        "source-watcher-2.3",
                        body,
                        JsonObject.class);
    }

    private JsonObject stored() throws IOException {
        return cluster.requests()
                .get(ArtifactGenerator.TYPE.kind(), own.key("one"), JsonObject.class)
                .orElseThrow();
    }

    private ArtifactGenerator generator() throws IOException {
        return cluster.generator(own.key("one")).orElseThrow();
    }

    private List<ArtifactInventoryEntry> inventory() throws IOException {
        return Objects.requireNonNull(generator().status()).inventory();
    }

    private static String manifest() {
        return ToolkitCrds.manifests().stream()
                .filter(manifest -> manifest.contains("kind: ArtifactGenerator\n"))
                .findFirst()
                .orElseThrow();
    }

    /** Keeps unknown fields of the spec, as a newer CRD would. */
    private static String withUnknownFields(String manifest) {
        Map<String, Object> definition = new Yaml().load(manifest);
        Map<String, Object> version =
                map(list(map(definition.get("spec")).get("versions")).get(0));
        Map<String, Object> schema = map(map(version.get("schema")).get("openAPIV3Schema"));
        map(map(schema.get("properties")).get("spec")).put("x-kubernetes-preserve-unknown-fields", true);
        return new Yaml().dump(definition);
    }

    /** The CRD of Flux 2.9 has no field of Flux 2.10, and requires all fields of inventory entries. */
    private static String withoutNewFields(String manifest) {
        Map<String, Object> definition = new Yaml().load(manifest);
        Map<String, Object> version =
                map(list(map(definition.get("spec")).get("versions")).get(0));
        Map<String, Object> fields = properties(map(map(version.get("schema")).get("openAPIV3Schema")));
        Map<String, Object> spec = map(fields.get("spec"));
        spec.remove("x-kubernetes-validations");
        properties(spec).keySet().removeAll(List.of("serviceAccountName", "managedNamespaces"));
        properties(items(properties(spec).get("artifacts"))).keySet().removeAll(List.of("namespace", "inputsFrom"));
        Map<String, Object> entry = items(properties(map(fields.get("status"))).get("inventory"));
        properties(entry).remove("kind");
        entry.put("required", List.of("digest", "filename", "name", "namespace"));
        return new Yaml().dump(definition);
    }

    private static Map<String, Object> properties(Map<String, Object> schema) {
        return map(schema.get("properties"));
    }

    private static Map<String, Object> items(@Nullable Object schema) {
        return map(map(schema).get("items"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }
}
