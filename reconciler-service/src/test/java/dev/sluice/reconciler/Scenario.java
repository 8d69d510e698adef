package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.reconciler.console.ConsoleServer;
import dev.sluice.runtime.Service;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** A namespace with a source server, a volume, and a reconciler that can be stopped and restarted. */
final class Scenario implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final KubernetesApi api;
    private final String namespace;
    private final Cluster cluster;
    private final LocalSources sources;
    private final Path storage;
    private @Nullable ConfigurableApplicationContext service;

    Scenario(KubernetesApi api, String namespace, Path temporary) throws IOException {
        this.api = api;
        this.namespace = namespace;
        this.cluster = new Cluster(api.newClient());
        cluster.installCrds();
        this.storage = Files.createDirectory(temporary.resolve("storage"));
        this.sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
    }

    private Scenario(Scenario other, String namespace) {
        this.api = other.api;
        this.namespace = namespace;
        this.cluster = other.cluster;
        this.storage = other.storage;
        this.sources = other.sources;
    }

    /** The same cluster, volume and sources in another namespace; has no reconciler of its own and is not closed. */
    Scenario in(String otherNamespace) {
        return new Scenario(this, otherNamespace);
    }

    void start(String... furtherFlags) {
        List<String> flags = new ArrayList<>(List.of(
                "--kubeconfig=" + api.kubeconfig(),
                "--storage-path=" + storage,
                "--storage-adv-addr=artifacts.test",
                "--metrics-addr=127.0.0.1:0",
                "--health-addr=127.0.0.1:0",
                "--requeue-dependency=1s",
                "--max-retry-delay=2s",
                "--log-level=error"));
        flags.addAll(List.of(furtherFlags));
        service = Service.of(ReconcilerApplication.class, ReconcilerFlags.all()).start(flags.toArray(String[]::new));
    }

    /** The page of the running reconciler that Prometheus reads. */
    String metrics() throws IOException {
        String port = Objects.requireNonNull(service).getEnvironment().getRequiredProperty("local.management.port");
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    int consolePort() {
        return Objects.requireNonNull(service).getBean(ConsoleServer.class).port();
    }

    void stop() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    @Override
    public void close() {
        stop();
        sources.close();
    }

    KubernetesApi api() {
        return api;
    }

    Cluster cluster() {
        return cluster;
    }

    Path storage() {
        return storage;
    }

    ObjectKey key(String name) {
        return new ObjectKey(namespace, name);
    }

    Artifact publish(String source, String revision, Map<String, String> files) throws IOException {
        return sources.publish(key(source), revision, files);
    }

    Artifact publish(String source, String revision, FileTree files) throws IOException {
        Artifact artifact = sources.store(key(source), revision, files);
        sources.offer(key(source), artifact);
        return artifact;
    }

    /** An artifact with all files of the source "app" at a path. */
    static String artifact(String name, String from) {
        return "    - {name: %s, copy: [{from: \"@app/%s\", to: \"@artifact/\"}]}%n".formatted(name, from);
    }

    /** A generator with the GitRepository "app" as its source. */
    void generator(String name, String artifacts) throws IOException {
        generator(name, "GitRepository", "app", artifacts);
    }

    void generator(String name, String sourceKind, String source, String artifacts) throws IOException {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %s, namespace: %s}
                spec:
                  sources: [{alias: app, kind: %s, name: %s}]
                  artifacts:
                """.formatted(name, namespace, sourceKind, source) + artifacts);
    }

    void annotate(String name, String annotation, String json) throws IOException {
        String patch = "{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(annotation, json);
        cluster.edit(ArtifactGenerator.TYPE.kind(), key(name), patch);
    }

    /** Requests a run and waits for its end. */
    void request(String name) throws IOException {
        String value = UUID.randomUUID().toString();
        annotate(name, "reconcile.fluxcd.io/requestedAt", '"' + value + '"');
        await().atMost(LIMIT).until(() -> value.equals(status(name).lastHandledReconcileAt()));
    }

    /** Edits a status as a user with kubectl would. */
    void editStatus(ApiKind kind, String name, String statusJson) throws IOException {
        JsonObject body = new JsonObject();
        body.add("status", new Gson().fromJson(statusJson, JsonObject.class));
        cluster.requests()
                .mergePatch(
                        ResourcePath.of(kind, key(name)).subresource("status"), "kubectl-edit", body, JsonObject.class);
    }

    /** The artifact in the status of the source. */
    Artifact announced(String source) throws IOException {
        return cluster.requests()
                .get(GitRepository.TYPE.kind(), key(source), GitRepository.class)
                .flatMap(GitRepository::artifact)
                .orElseThrow();
    }

    ArtifactGenerator generator(String name) throws IOException {
        return cluster.generator(key(name)).orElseThrow();
    }

    ArtifactGeneratorStatus status(String name) throws IOException {
        return Objects.requireNonNull(generator(name).status());
    }

    ExternalArtifact object(String name) throws IOException {
        return cluster.externalArtifact(key(name)).orElseThrow();
    }

    Artifact offered(String name) throws IOException {
        return object(name).artifact().orElseThrow();
    }

    Path file(Artifact artifact) {
        return storage.resolve(artifact.path());
    }

    Path directory(String name) {
        return storage.resolve("externalartifact").resolve(namespace).resolve(name);
    }

    ExternalArtifact awaitArtifact(String name) {
        return await("ExternalArtifact " + name)
                .atMost(LIMIT)
                .until(
                        () -> cluster.externalArtifact(key(name)),
                        found -> found.flatMap(ExternalArtifact::artifact).isPresent())
                .orElseThrow();
    }

    void awaitReady(String name) {
        awaitCondition(name, "Ready", "True", "Succeeded", "reconciliation succeeded");
    }

    V1Condition awaitCondition(String name, String type, String status, String reason, String message) {
        return await(type + " of " + name)
                .atMost(LIMIT)
                .ignoreException(NoSuchElementException.class)
                .until(() -> condition(name, type), condition -> {
                    assertCurrent(condition, name);
                    return status.equals(condition.getStatus())
                            && reason.equals(condition.getReason())
                            && Objects.requireNonNull(condition.getMessage()).contains(message);
                });
    }

    private void assertCurrent(V1Condition condition, String name) {
        try {
            assertThat(condition.getObservedGeneration())
                    .isLessThanOrEqualTo(generator(name).metadata().getGeneration());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    V1Condition condition(String name, String type) throws IOException {
        return Conditions.find(generator(name).conditions(), type).orElseThrow();
    }

    boolean isGone(String externalArtifact) throws IOException {
        return cluster.externalArtifact(key(externalArtifact)).isEmpty() && !Files.exists(directory(externalArtifact));
    }
}
