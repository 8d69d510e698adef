package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The life cycle of generators, which uses every permission of a reconciler: artifacts are published, changed and
 * removed, reconciliations fail repeatedly, and generators are deleted.
 *
 * @param log log of the reconciler, for failure messages
 */
record GeneratorScenario(RealCluster cluster, String namespace, Supplier<String> log) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Returns the URL of the first artifact. One object that the generator creates already exists without an owner. */
    String publishFirst(FakeSources sources) throws IOException {
        takenArtifact("part-b");
        sources.offer(namespace, "app", "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        generator("gen", "a/**", "b/**");
        awaitUrl("part-b");
        return awaitUrl("part-a");
    }

    /** Runs the rest of the scenario, after {@link #publishFirst}. */
    void live(FakeSources sources) throws IOException {
        String first = url("part-a");
        sources.offer(namespace, "app", "main@sha1:2", Map.of("a/x.yaml", "x: 2\n", "b/y.yaml", "y: 1\n"));
        await().atMost(LIMIT).until(() -> !url("part-a").equals(first));

        generator("gen", "a/**");
        await().atMost(LIMIT).until(() -> url("part-b").isEmpty());

        failRepeatedly();
        denyAnAccount();
        delete("artifactgenerator", "gen");
        await().atMost(LIMIT).until(() -> url("part-a").isEmpty());
    }

    /** A repeated event increases its count instead of creating a new one. */
    private void failRepeatedly() {
        generator("broken", "missing.yaml");
        await().atMost(LIMIT).until(() -> events("broken").contains("BuildFailed"));
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
            requestReconciliation("broken", String.valueOf(System.nanoTime()));
            assertThat(events("broken")).containsPattern("BuildFailed:([2-9]|\\d\\d)");
        });
    }

    /** An account without any permission. */
    private void denyAnAccount() {
        generator("denied", "", "GitRepository", artifact("denied") + "  serviceAccountName: nobody\n");
        await().atMost(LIMIT).until(() -> events("denied").contains("AccessDenied"));
        assertThat(url("denied-a")).isEmpty();
    }

    String awaitUrl(String name) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(url(name)).as(log).isNotEmpty());
        return url(name);
    }

    /** Applies a generator that publishes part-a, part-b, …, each from one pattern of the source app. */
    private void generator(String name, String... patterns) {
        StringBuilder artifacts = new StringBuilder();
        for (int i = 0; i < patterns.length; i++) {
            String part = (name.equals("gen") ? "part-" : name + "-") + (char) ('a' + i);
            artifacts.append(
                    "    - {name: %s, copy: [{from: \"@app/%s\", to: \"@artifact/\"}]}\n".formatted(part, patterns[i]));
        }
        generator(name, "", "GitRepository", artifacts.toString());
    }

    /** Applies a labelled generator that publishes NAME-a. */
    void labelledGenerator(String name, String label) {
        generator(name, label, "GitRepository", artifact(name));
    }

    /** Applies a generator whose source does not exist. */
    void generatorOfMissing(String kind) {
        String name = "missing-" + kind.toLowerCase(Locale.ROOT);
        generator(name, "", kind, artifact(name));
        await().atMost(LIMIT).until(() -> events(name).contains("SourceFetchFailed"));
    }

    private static String artifact(String generator) {
        return "    - {name: %s-a, copy: [{from: \"@app/a/**\", to: \"@artifact/\"}]}\n".formatted(generator);
    }

    private void generator(String name, String label, String kind, String artifacts) {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %s, namespace: %s, labels: {%s}}
                spec:
                  sources: [{alias: app, kind: %s, name: app}]
                  artifacts:
                %s""".formatted(name, namespace, label, kind, artifacts)).orFail();
    }

    /** Applies an ExternalArtifact of a generator that no longer exists. */
    private void takenArtifact(String name) {
        cluster.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: ExternalArtifact
                metadata:
                  name: %s
                  namespace: %s
                  labels:
                    app.kubernetes.io/managed-by: source-watcher
                    source.extensions.fluxcd.io/generator: %s
                spec:
                  sourceRef: {apiVersion: source.extensions.fluxcd.io/v1beta1, kind: ArtifactGenerator, name: gen}
                """.formatted(name, namespace, UUID.randomUUID())).orFail();
    }

    /** Returns the URL in the status of an ExternalArtifact; empty if there is none. */
    private String url(String name) {
        return get("externalartifact", name, "{.status.artifact.url}");
    }

    String get(String kind, String name, String jsonPath) {
        return cluster.reader().get(namespace, kind, name, jsonPath);
    }

    /** Returns the events of a generator as {@code reason:count}, one per line. */
    private String events(String generator) {
        return cluster.reader().list(namespace, "event").stream()
                .filter(event -> JsonPath.print(event, "{.involvedObject.name}").equals(generator))
                .map(event -> JsonPath.print(event, "{.reason}:{.count}\n"))
                .collect(Collectors.joining());
    }

    private void requestReconciliation(String generator, String token) {
        cluster.kubectl(
                        "-n",
                        namespace,
                        "annotate",
                        "--overwrite",
                        "artifactgenerator",
                        generator,
                        "reconcile.fluxcd.io/requestedAt=" + token)
                .orFail();
    }

    private void delete(String kind, String name) {
        cluster.kubectl("-n", namespace, "delete", kind, name, "--wait=false").orFail();
    }
}
