package dev.sluice.reconciler;

import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/** Generators with one artifact each in the namespace of a test. */
record Namespaced(Cluster cluster, String namespace) {

    static final Duration LIMIT = Duration.ofSeconds(60);

    ObjectKey key(String name) {
        return new ObjectKey(namespace, name);
    }

    /** Creates a generator that publishes directory "a" of the GitRepository "app" under its name. */
    void generator(String name, String labels) throws IOException {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %s, namespace: %s, labels: {%s}}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts: [{name: %s, copy: [{from: "@app/a/**", to: "@artifact/"}]}]
                """.formatted(name, namespace, labels, name));
    }

    void label(String generator, String jsonLabels) throws IOException {
        edit(generator, "{\"metadata\":{\"labels\":%s}}".formatted(jsonLabels));
    }

    void edit(String generator, String json) throws IOException {
        cluster.edit(ArtifactGenerator.TYPE.kind(), key(generator), json);
    }

    /** Requests a run and waits for its end. */
    void request(String generator) throws IOException {
        String value = UUID.randomUUID().toString();
        edit(
                generator,
                "{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\"%s\"}}}".formatted(value));
        await("run of " + generator)
                .atMost(LIMIT)
                .until(() -> value.equals(Objects.requireNonNull(
                                cluster.generator(key(generator)).orElseThrow().status())
                        .lastHandledReconcileAt()));
    }

    ExternalArtifact awaitArtifact(String name) {
        return await("ExternalArtifact " + name)
                .atMost(LIMIT)
                .until(
                        () -> cluster.externalArtifact(key(name)),
                        found -> found.flatMap(ExternalArtifact::artifact).isPresent())
                .orElseThrow();
    }

    Artifact artifact(String name) throws IOException {
        return cluster.externalArtifact(key(name)).orElseThrow().artifact().orElseThrow();
    }

    String version(String name) throws IOException {
        return String.valueOf(
                cluster.externalArtifact(key(name)).orElseThrow().metadata().getResourceVersion());
    }

    /** Waits until the generator is Ready at its current generation. */
    void awaitReady(String name) {
        await("Ready of " + name).atMost(LIMIT).until(() -> isReady(name));
    }

    boolean isReady(String name) throws IOException {
        ArtifactGenerator generator = cluster.generator(key(name)).orElseThrow();
        return Conditions.find(generator.conditions(), ConditionTypes.READY)
                .filter(ready -> Conditions.TRUE.equals(ready.getStatus()))
                .filter(ready -> Objects.equals(
                        ready.getObservedGeneration(), generator.metadata().getGeneration()))
                .isPresent();
    }

    static Path file(Path storage, Artifact artifact) {
        return storage.resolve(artifact.path());
    }
}
