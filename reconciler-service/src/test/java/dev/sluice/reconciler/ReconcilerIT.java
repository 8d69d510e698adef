package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.PerApi;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.JsonValue;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole reconciler as an application against a Kubernetes API and real HTTP sources. */
@KubernetesTest
class ReconcilerIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path temporary;

    @RegisterExtension
    static final PerApi<Shared> SHARED = new PerApi<>(Shared::new);

    private final Shared shared;
    private final Cluster cluster;
    private final LocalSources sources;
    private final Path storage;
    private final String namespace;

    ReconcilerIT(KubernetesApi api, @TestNamespace String namespace) throws Exception {
        this.shared = SHARED.on(api);
        this.cluster = shared.cluster;
        this.sources = shared.sources;
        this.storage = shared.storage;
        this.namespace = namespace;
    }

    /** One service for all tests of an API; each test has its own namespace. */
    private static final class Shared implements AutoCloseable {

        private final KubernetesApi api;
        private final Cluster cluster;
        private final LocalSources sources;
        private final Path storage;
        private RunningReconciler service;

        Shared(KubernetesApi api) throws IOException {
            this.api = api;
            cluster = new Cluster(api.newClient());
            cluster.installCrds();
            storage = Files.createTempDirectory(temporary, "storage");
            sources = new LocalSources(cluster, Files.createTempDirectory(temporary, "sources"));
            service = RunningReconciler.start(api, storage);
        }

        void restart() {
            service.close();
            service = RunningReconciler.start(api, storage);
        }

        @Override
        public void close() {
            service.close();
            sources.close();
        }
    }

    @Test
    void splitsASourceIntoPublishedArtifacts() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        split("gen");

        ExternalArtifact a = awaitArtifact("part-a");
        assertThat(tree(a)).isEqualTo(LocalSources.tree(Map.of("x.yaml", "x: 1\n")));
        Artifact artifact = a.artifact().orElseThrow();
        assertThat(artifact.revision())
                .isEqualTo("latest@sha256:" + tree(a).contentHash().hex());
        assertThat(artifact.url()).isEqualTo("http://artifacts.test/" + artifact.path());
        assertThat(a.metadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "source-watcher")
                .containsEntry(
                        "source.extensions.fluxcd.io/generator",
                        generator("gen").metadata().getUid());
        awaitReady("gen");
        assertThat(status("gen").inventory())
                .extracting(ArtifactInventoryEntry::name)
                .containsExactly("part-a", "part-b");
    }

    @Test
    void aNewRevisionChangesOnlyArtifactsWithNewContent() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        split("gen");
        ExternalArtifact a = awaitArtifact("part-a");
        ExternalArtifact b = awaitArtifact("part-b");
        awaitReady("gen");

        sources.publish(key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n", "b/y.yaml", "y: 1\n"));

        await().atMost(LIMIT)
                .until(() ->
                        !revision("part-a").equals(a.artifact().orElseThrow().revision()));
        awaitReady("gen");
        assertThat(cluster.externalArtifact(key("part-b"))
                        .orElseThrow()
                        .metadata()
                        .getResourceVersion())
                .isEqualTo(b.metadata().getResourceVersion());
    }

    @Test
    void removesAnOrphanedArtifactAndItsFiles() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        split("gen");
        awaitArtifact("part-b");
        awaitReady("gen");

        one("gen", "part-a", "@app/a/**");

        await().atMost(LIMIT)
                .until(() -> cluster.externalArtifact(key("part-b")).isEmpty());
        await().atMost(LIMIT).until(() -> !Files.exists(directory("part-b")));
        assertThat(cluster.externalArtifact(key("part-a"))).isPresent();
        awaitDeletionEvent("part-b");
    }

    @Test
    void deletingAGeneratorRemovesItsObjectsAndFiles() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        split("gen");
        awaitArtifact("part-a");
        awaitReady("gen");

        cluster.deleteGenerator(key("gen"));

        await().atMost(LIMIT).until(() -> cluster.generator(key("gen")).isEmpty());
        assertThat(cluster.externalArtifact(key("part-a"))).isEmpty();
        assertThat(cluster.externalArtifact(key("part-b"))).isEmpty();
        assertThat(directory("part-a")).doesNotExist();
        awaitDeletionEvent("part-a");
        awaitDeletionEvent("part-b");
    }

    private void awaitDeletionEvent(String name) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(cluster.events(key("gen")))
                        .contains("Normal Ready ExternalArtifact/%s deleted".formatted(key(name))));
    }

    @Test
    void waitsForAMissingSource() throws IOException {
        split("gen");
        awaitCondition("gen", ConditionTypes.READY, "False", "SourceFetchFailed", "get sources failed: ");

        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));

        awaitArtifact("part-a");
        awaitReady("gen");
    }

    @Test
    void doesNotBuildASourceWithAWrongDigest() throws IOException {
        Artifact stored = sources.store(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        sources.offer(key("app"), stored.withDigest("sha256:" + "0".repeat(64)));
        one("gen", "part-a", "@app/a/**");

        awaitCondition("gen", ConditionTypes.READY, "False", "SourceFetchFailed", "fetch sources failed: ");
        assertThat(cluster.externalArtifact(key("part-a"))).isEmpty();
    }

    @Test
    void anInvalidSpecStallsUntilItIsCorrected() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        generator("gen", artifact("same", "@app/a/**") + artifact("same", "@app/a/**"));
        awaitCondition(
                "gen", ConditionTypes.STALLED, "True", "ValidationFailed", "duplicate artifact name 'same' found in");

        one("gen", "same", "@app/a/**");

        awaitReady("gen");
        assertThat(Conditions.find(generator("gen").conditions(), ConditionTypes.STALLED))
                .isEmpty();
    }

    @Test
    void aFailedArtifactDoesNotStopTheOthers() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        generator("gen", artifact("broken", "@app/missing/file.yaml") + artifact("whole", "@app/a/**"));

        awaitArtifact("whole");
        awaitCondition("gen", ConditionTypes.READY, "False", "BuildFailed", "broken build failed: ");
    }

    @Test
    void repairsDamagedAndMissingFilesOnRequest() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        split("gen");
        Path damaged = file(awaitArtifact("part-a"));
        Path removed = file(awaitArtifact("part-b"));
        awaitReady("gen");
        Files.write(damaged, new byte[] {1, 2, 3});
        Files.delete(removed);

        request("gen");

        await().atMost(LIMIT).until(() -> Files.exists(removed) && Files.exists(damaged) && Files.size(damaged) > 3);
        awaitReady("gen");
        assertThat(tree(awaitArtifact("part-a"))).isEqualTo(LocalSources.tree(Map.of("x.yaml", "x: 1\n")));
    }

    @Test
    void repairsEditedAndDeletedObjects() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        split("gen");
        awaitArtifact("part-a");
        awaitArtifact("part-b");
        awaitReady("gen");

        cluster.edit(
                ExternalArtifact.TYPE.kind(),
                key("part-a"),
                "{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":\"me\"}}}");
        cluster.deleteExternalArtifact(key("part-b"));

        await().atMost(LIMIT)
                .until(() -> "source-watcher"
                        .equals(awaitArtifact("part-a").metadata().getLabels().get("app.kubernetes.io/managed-by")));
        await().atMost(LIMIT)
                .until(() -> cluster.externalArtifact(key("part-b")).isPresent());
    }

    @Test
    void exportsInputsAndRepairsThem() throws IOException {
        publishInputs("region: eu\nreplicas: 9007199254740993\n", "a: [b]\n");
        generator("gen", """
                    - {name: part-a, inputsFrom: "@app/a/inputs.yaml", copy: [{from: "@app/a/x.yaml", to: "@artifact/"}]}
                    - {name: part-b, inputsFrom: "@artifact/inputs.zip", copy: [{from: "@app/b/**", to: "@artifact/"}]}
                """);
        awaitInputs("part-a", "{\"region\": \"eu\", \"replicas\": 9007199254740993}");
        awaitInputs("part-b", "{\"a\": [\"b\"]}");
        awaitReady("gen");
        String revision = revision("part-a");

        publishInputs("region: us\n", "a: [b]\n");
        awaitInputs("part-a", "{\"region\": \"us\"}");
        awaitReady("gen");
        assertThat(revision("part-a")).isEqualTo(revision);
        editInputs("part-a", "{\"region\": \"moon\", \"admin\": true}");
        awaitInputs("part-a", "{\"region\": \"us\"}");
        awaitReady("gen");

        String version = version("part-a");
        shared.restart();
        request("gen");
        assertThat(version("part-a")).as("version after a restart").isEqualTo(version);
        editInputs("part-a", "{\"region\": \"moon\"}");
        awaitInputs("part-a", "{\"region\": \"us\"}");

        publishInputs("- not a map\n", "c: d\n");
        awaitCondition(
                "gen",
                ConditionTypes.READY,
                "False",
                "BuildFailed",
                "part-a inputs failed: failed to parse inputs file \"@app/a/inputs.yaml\": the root is not a map");
        awaitInputs("part-b", "{\"c\": \"d\"}");
        awaitInputs("part-a", "{\"region\": \"us\"}");

        generator("gen", artifact("part-a", "@app/a/x.yaml"));
        awaitInputs("part-a", "{}");
        assertThat(revision("part-a")).isEqualTo(revision);
    }

    private void publishInputs(String inputsOfA, String inputsOfB) throws IOException {
        sources.publish(
                key("app"),
                "main@sha1:" + UUID.randomUUID(),
                Map.of(
                        "a/x.yaml",
                        "x: 1\n",
                        "a/inputs.yaml",
                        inputsOfA,
                        "b/y.yaml",
                        "y: 1\n",
                        "b/inputs.zip",
                        inputsOfB));
    }

    private void editInputs(String name, String inputs) throws IOException {
        cluster.requests()
                .mergePatch(
                        ResourcePath.of(ExternalArtifact.TYPE.kind(), key(name)).subresource("status"),
                        "somebody-else",
                        new Gson().fromJson("{\"status\":{\"exportedInputs\":%s}}".formatted(inputs), JsonObject.class),
                        JsonObject.class);
    }

    private void awaitInputs(String name, String inputs) {
        await("inputs of " + name)
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                cluster.externalArtifact(key(name)).map(ExternalArtifact::status))
                        .hasValueSatisfying(status -> assertThat(ExportedInputs.of(status.exportedInputs()))
                                .isEqualTo(ExportedInputs.of(inputsOf(inputs)))));
    }

    private static Map<String, JsonValue> inputsOf(String json) {
        Map<String, JsonValue> inputs = new HashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(JsonValue.parse(json).toJava()))
                .forEach((key, value) -> inputs.put((String) key, JsonValue.of(value)));
        return inputs;
    }

    @Test
    void doesNotTouchAnObjectOfAnotherOwner() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        cluster.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: ExternalArtifact
                metadata: {name: taken, namespace: %s, labels: {who: me}}
                spec: {sourceRef: {kind: Release, name: mine}}
                """.formatted(namespace));
        one("gen", "taken", "@app/a/**");

        awaitCondition("gen", ConditionTypes.READY, "False", "ReconciliationFailed", "taken reconcile failed: ");
        ExternalArtifact taken = cluster.externalArtifact(key("taken")).orElseThrow();
        assertThat(taken.metadata().getLabels()).isEqualTo(Map.of("who", "me"));
        cluster.deleteGenerator(key("gen"));
        await().atMost(LIMIT).until(() -> cluster.generator(key("gen")).isEmpty());
        assertThat(cluster.externalArtifact(key("taken"))).isPresent();
    }

    @Test
    void resumesASuspendedGenerator() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        split("gen");
        awaitArtifact("part-a");
        awaitReady("gen");
        annotate("gen", "source.extensions.fluxcd.io/reconcile", "\"Disabled\"");
        request("gen");
        String before = revision("part-a");

        sources.publish(key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n", "b/y.yaml", "y: 1\n"));
        request("gen");
        assertThat(revision("part-a")).isEqualTo(before);

        annotate("gen", "source.extensions.fluxcd.io/reconcile", "null");
        await().atMost(LIMIT).until(() -> !revision("part-a").equals(before));
    }

    @Test
    void dropsTheArtifactOfARemovedDirectory() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("apps/One/x.yaml", "x: 1\n", "apps/two/y.yaml", "y: 1\n"));
        generator("gen", "  pathPattern: \"@app/apps/{app}\"\n", artifact("\"{app}-config\"", "@app/apps/{app}/**"));
        ExternalArtifact one = awaitArtifact("one-config");
        assertThat(tree(one)).isEqualTo(LocalSources.tree(Map.of("x.yaml", "x: 1\n")));
        assertThat(one.metadata().getLabels()).containsEntry("app", "one");
        awaitArtifact("two-config");
        awaitReady("gen");

        sources.publish(key("app"), "main@sha1:2", Map.of("apps/One/x.yaml", "x: 1\n"));

        await().atMost(LIMIT)
                .until(() -> cluster.externalArtifact(key("two-config")).isEmpty());
        await().atMost(LIMIT).until(() -> !Files.exists(directory("two-config")));
        awaitReady("gen");
        assertThat(version("one-config")).isEqualTo(one.metadata().getResourceVersion());
    }

    @Test
    void appliesAndRemovesCommonMetadata() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        String artifact = artifact("part-a", "@app/a/**");
        generator("gen", "  commonMetadata: {labels: {team: red, tier: web}, annotations: {note: hello}}\n", artifact);
        ExternalArtifact labelled = awaitArtifact("part-a");
        assertThat(labelled.metadata().getLabels()).containsEntry("team", "red").containsEntry("tier", "web");
        assertThat(labelled.metadata().getAnnotations()).containsEntry("note", "hello");
        awaitReady("gen");

        generator("gen", "  commonMetadata: {labels: {team: red}}\n", artifact);

        await().atMost(LIMIT)
                .until(() -> !awaitArtifact("part-a").metadata().getLabels().containsKey("tier"));
        ExternalArtifact after = awaitArtifact("part-a");
        assertThat(after.metadata().getLabels()).containsEntry("team", "red");
        assertThat(Objects.requireNonNullElse(after.metadata().getAnnotations(), Map.of()))
                .doesNotContainKey("note");
        assertThat(after.artifact()).isEqualTo(labelled.artifact());
    }

    @Test
    void anArtifactCanTakeTheRevisionOfItsSource() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        generator("gen", "", """
                    - {name: part-a, revision: "@app", originRevision: "@app", copy: [{from: "@app/a/**", to: "@artifact/"}]}
                """);

        Artifact artifact = awaitArtifact("part-a").artifact().orElseThrow();
        assertThat(artifact.revision()).isEqualTo("main@sha1:1");
        assertThat(artifact.metadata()).containsEntry("org.opencontainers.image.revision", "main@sha1:1");
        awaitReady("gen");

        sources.publish(key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 1\n"));

        await().atMost(LIMIT).until(() -> revision("part-a").equals("main@sha1:2"));
        assertThat(awaitArtifact("part-a").artifact().orElseThrow().digest()).isEqualTo(artifact.digest());
    }

    @Test
    void rewritesNothingInAnotherRunOrAfterARestart() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        split("gen");
        awaitArtifact("part-a");
        awaitArtifact("part-b");
        awaitReady("gen");
        List<String> versions = List.of(version("part-a"), version("part-b"));

        request("gen");
        assertThat(List.of(version("part-a"), version("part-b"))).isEqualTo(versions);

        shared.restart();
        request("gen");
        assertThat(List.of(version("part-a"), version("part-b"))).isEqualTo(versions);
    }

    @Test
    void setsReadyAndEmitsAnEvent() throws IOException {
        sources.publish(key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        one("gen", "part-a", "@app/a/**");
        awaitReady("gen");

        ExternalArtifact published = awaitArtifact("part-a");
        assertThat(published.conditions()).singleElement().satisfies(ready -> {
            assertThat(ready.getType()).isEqualTo("Ready");
            assertThat(ready.getStatus()).isEqualTo("True");
            assertThat(ready.getReason()).isEqualTo("Succeeded");
            assertThat(ready.getMessage()).isEqualTo("Artifact is ready");
            assertThat(ready.getObservedGeneration())
                    .isEqualTo(published.metadata().getGeneration());
        });
        String message = "external artifacts reconciled: %s/part-a (%s)"
                .formatted(namespace, published.artifact().orElseThrow().digest());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(cluster.events(key("gen"))).contains("Normal Ready " + message));
    }

    private void split(String name) throws IOException {
        generator(name, artifact("part-a", "@app/a/**") + artifact("part-b", "@app/b/**"));
    }

    private void one(String name, String artifact, String from) throws IOException {
        generator(name, artifact(artifact, from));
    }

    private static String artifact(String name, String from) {
        return "    - {name: %s, copy: [{from: \"%s\", to: \"@artifact/\"}]}%n".formatted(name, from);
    }

    private void generator(String name, String artifacts) throws IOException {
        generator(name, "", artifacts);
    }

    private void generator(String name, String furtherSpec, String artifacts) throws IOException {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %s, namespace: %s}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                """.formatted(name, namespace) + furtherSpec + "  artifacts:\n" + artifacts);
    }

    private void annotate(String name, String annotation, String json) throws IOException {
        String patch = "{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(annotation, json);
        cluster.edit(ArtifactGenerator.TYPE.kind(), key(name), patch);
    }

    /** Requests a run and waits for its end. */
    private void request(String name) throws IOException {
        String value = UUID.randomUUID().toString();
        annotate(name, "reconcile.fluxcd.io/requestedAt", '"' + value + '"');
        await().atMost(LIMIT).until(() -> value.equals(status(name).lastHandledReconcileAt()));
    }

    private ObjectKey key(String name) {
        return new ObjectKey(namespace, name);
    }

    private ArtifactGenerator generator(String name) throws IOException {
        return cluster.generator(key(name)).orElseThrow();
    }

    private ArtifactGeneratorStatus status(String name) throws IOException {
        return Objects.requireNonNull(generator(name).status());
    }

    private String version(String name) throws IOException {
        return Objects.requireNonNull(
                cluster.externalArtifact(key(name)).orElseThrow().metadata().getResourceVersion());
    }

    private String revision(String name) throws IOException {
        return cluster.externalArtifact(key(name))
                .orElseThrow()
                .artifact()
                .orElseThrow()
                .revision();
    }

    private ExternalArtifact awaitArtifact(String name) {
        return await("ExternalArtifact " + name)
                .atMost(LIMIT)
                .until(
                        () -> cluster.externalArtifact(key(name)),
                        found -> found.flatMap(ExternalArtifact::artifact).isPresent())
                .orElseThrow();
    }

    private void awaitReady(String name) {
        awaitCondition(name, ConditionTypes.READY, "True", "Succeeded", "reconciliation succeeded");
    }

    private void awaitCondition(String name, String type, String status, String reason, String message) {
        await(type + " of " + name)
                .atMost(LIMIT)
                .ignoreException(NoSuchElementException.class)
                .untilAsserted(() -> {
                    List<V1Condition> conditions = generator(name).conditions();
                    V1Condition condition = Conditions.find(conditions, type).orElseThrow();
                    assertThat(condition.getStatus()).as("%s", condition).isEqualTo(status);
                    assertThat(condition.getReason()).isEqualTo(reason);
                    assertThat(condition.getMessage()).startsWith(message);
                    assertThat(condition.getObservedGeneration())
                            .isEqualTo(generator(name).metadata().getGeneration());
                });
    }

    private Path directory(String name) {
        return storage.resolve("externalartifact").resolve(namespace).resolve(name);
    }

    private Path file(ExternalArtifact artifact) {
        return storage.resolve(artifact.artifact().orElseThrow().path());
    }

    private FileTree tree(ExternalArtifact artifact) throws IOException {
        Path spoolPath = temporary.resolve(UUID.randomUUID() + ".spool");
        try (InputStream in = Files.newInputStream(file(artifact));
                SpoolFile spool = SpoolFile.create(spoolPath)) {
            return TarGzReader.index(in, spool, UnpackOptions.untrusted());
        }
    }
}
