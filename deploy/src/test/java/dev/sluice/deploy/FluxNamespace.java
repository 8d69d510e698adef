package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.RunningController.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A namespace with both services and Flux's kustomize-controller as processes, and fake sources. */
final class FluxNamespace implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final RealCluster cluster;
    private final FluxTools tools;
    private final Place place;
    private final FakeSources sources;
    private final Map<String, RunningController> running = new LinkedHashMap<>();

    private FluxNamespace(RealCluster cluster, FluxTools tools, Place place, FakeSources sources) {
        this.cluster = cluster;
        this.tools = tools;
        this.place = place;
        this.sources = sources;
    }

    static FluxNamespace start(RealCluster cluster, FluxTools tools, Path directory) throws IOException {
        cluster.apply(Files.readString(tools.definition())).orFail();
        String namespace = "flux-" + UUID.randomUUID();
        cluster.createNamespace(namespace);
        Place place = new Place(
                cluster.kubeconfig(),
                namespace,
                Files.createDirectory(directory.resolve("volume")),
                Files.createDirectory(directory.resolve("logs")));
        FakeSources sources = new FakeSources(cluster, Files.createDirectory(directory.resolve("offered")));
        FluxNamespace started = new FluxNamespace(cluster, tools, place, sources);
        try {
            started.startProcesses();
            return started;
        } catch (IOException | RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private void startProcesses() throws IOException {
        String served = "127.0.0.1:" + RunningController.freePort();
        running.put("reconciler", RunningController.sluice(place));
        running.put("server", RunningController.ourServer(place, served));
        running.put(
                "kustomize-controller",
                RunningController.launch(
                        place,
                        "kustomize-controller",
                        List.of(
                                tools.kustomizeController().toString(),
                                "--feature-gates=ExternalArtifact=true",
                                "--watch-all-namespaces=false",
                                "--http-retry=0",
                                "--metrics-addr=127.0.0.1:" + RunningController.freePort(),
                                "--health-addr=127.0.0.1:" + RunningController.freePort()),
                        Map.of("SOURCE_WATCHER_LOCALHOST", served)));
        URI ready = URI.create("http://" + served + "/");
        await().atMost(LIMIT).ignoreExceptions().until(() -> statusOf(ready) == 200);
    }

    /** Starts flux-operator, which runs in FIPS mode only. */
    void startOperator() throws IOException {
        cluster.apply(Files.readString(tools.operatorDefinitions())).orFail();
        cluster.awaitDefinitions();
        running.put(
                "flux-operator",
                RunningController.launch(
                        place,
                        "flux-operator",
                        List.of(
                                tools.operator().toString(),
                                "--enable-leader-election=false",
                                "--storage-path=" + place.logs(),
                                "--web-server-port=" + RunningController.freePort(),
                                "--metrics-addr=127.0.0.1:" + RunningController.freePort(),
                                "--health-addr=127.0.0.1:" + RunningController.freePort()),
                        Map.of("GODEBUG", "fips140=on")));
    }

    /** Starts source-controller for sources with the label {@code fetched}; the other ones are fake. */
    void startSourceControllerOrSkip() throws IOException {
        String served = "127.0.0.1:" + RunningController.freePort();
        List<String> command = List.of(
                tools.sourceControllerOrSkip().toString(),
                "--watch-all-namespaces=false",
                "--watch-label-selector=fetched",
                "--enable-leader-election=false",
                "--storage-path=" + Files.createDirectory(place.volume().resolveSibling("fetched")),
                "--storage-addr=" + served,
                "--storage-adv-addr=" + served,
                "--metrics-addr=127.0.0.1:" + RunningController.freePort(),
                "--health-addr=127.0.0.1:" + RunningController.freePort());
        running.put("source-controller", RunningController.launch(place, "source-controller", command, Map.of()));
    }

    private static int statusOf(URI url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                .statusCode();
    }

    String name() {
        return place.namespace();
    }

    /** Publishes a source with a ConfigMap {@code settings} that has this value of {@code colour}. */
    void offer(String revision, String colour) throws IOException {
        offer(
                "app",
                revision,
                Map.of("deploy/settings.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {colour: %s}
                """.formatted(colour), "docs/readme.md", "not deployed\n"));
    }

    /** Publishes a source with these files. */
    void offer(String source, String revision, Map<String, String> files) throws IOException {
        sources.offer(name(), source, revision, files);
    }

    /** Applies manifests for the namespace {@code apps} in this namespace. */
    void applyHere(String manifests) {
        cluster.apply(manifests.replace("namespace: apps\n", "namespace: " + name() + "\n"))
                .orFail();
    }

    /** Applies a Kustomization of the only artifact of the generator {@code gen}. */
    void apply() {
        generator("gen", "one", "");
        cluster.apply("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: %1$s}
                spec:
                  interval: 1h
                  retryInterval: 2s
                  path: ./
                  prune: true
                  targetNamespace: %1$s
                  sourceRef: {kind: ExternalArtifact, name: one}
                """.formatted(name())).orFail();
    }

    /** Applies a generator of one artifact, with annotations in YAML. */
    void generator(String name, String artifact, String annotations) {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %s, namespace: %s, annotations: {%s}}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts: [{name: %s, originRevision: "@app", copy: [{from: "@app/deploy/**", to: "@artifact/"}]}]
                """.formatted(name, name(), annotations, artifact)).orFail();
    }

    /** Keeps the reconciler from rebuilding: it can see its own write as a change, and run once more. */
    void disable() {
        annotate("source.extensions.fluxcd.io/reconcile=disabled");
        await().atMost(LIMIT).until(() -> log("reconciler").lines().anyMatch(FluxNamespace::isDisabled));
    }

    private static boolean isDisabled(String line) {
        return line.contains("Reconciliation is disabled") && line.contains("\"name\":\"gen\"");
    }

    void enableAndRequestReconciliation() {
        annotate("source.extensions.fluxcd.io/reconcile-", "reconcile.fluxcd.io/requestedAt=" + UUID.randomUUID());
    }

    private void annotate(String... annotations) {
        List<String> command = new ArrayList<>(List.of("-n", name(), "annotate", "--overwrite"));
        command.add("artifactgenerator/gen");
        command.addAll(List.of(annotations));
        cluster.kubectl(command.toArray(String[]::new)).orFail();
    }

    /** Ends the suspension of a Kustomization; {@code flux resume} would also wait until it is ready. */
    void resume(String kustomization) {
        cluster.kubectl(
                        "-n",
                        name(),
                        "patch",
                        "kustomization/" + kustomization,
                        "--type=merge",
                        "--patch={\"spec\":{\"suspend\":false}}")
                .orFail();
    }

    void awaitColour(String colour) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(get("configmap", "settings", "{.data.colour}"))
                        .as(() -> log("reconciler") + log("kustomize-controller"))
                        .isEqualTo(colour));
    }

    String get(String kind, String name, String jsonPath) {
        return cluster.reader().get(name(), kind, name, jsonPath);
    }

    /** Returns the stored file of the published artifact. */
    Path stored() {
        return place.volume().resolve(get("externalartifact", "one", "{.status.artifact.path}"));
    }

    Tool.Result flux(String... arguments) {
        return tools.flux(cluster, name(), arguments);
    }

    /** Returns the log of {@code reconciler}, {@code server} or {@code kustomize-controller} so far. */
    String log(String name) {
        try {
            return Objects.requireNonNull(running.get(name)).log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!running.isEmpty()) {
            cluster.deleteGenerators(name());
        }
        running.values().forEach(RunningController::close);
        sources.close();
    }
}
