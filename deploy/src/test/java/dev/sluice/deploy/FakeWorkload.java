package dev.sluice.deploy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.deploy.RunningController.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The process of a Deployment: the program of its image with the arguments of its container. */
final class FakeWorkload {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final JsonObject template;
    private final RunningController process;
    private final URI ready;
    private final int artifactPort;

    /** Serves the volume if the process does not. */
    private Optional<ArtifactServer> server = Optional.empty();

    private FakeWorkload(JsonObject template, RunningController process, URI ready, int artifactPort) {
        this.template = template;
        this.process = process;
        this.ready = ready;
        this.artifactPort = artifactPort;
    }

    /**
     * The environment of a pod.
     *
     * @param place kubeconfig of its account and directory of its {@code /data}
     * @param proxy port of the {@link FakeNetwork}
     */
    record Node(Place place, int proxy) {

        private Map<String, String> environment() {
            return Map.of(
                    "HTTP_PROXY", "http://127.0.0.1:" + proxy,
                    "JAVA_TOOL_OPTIONS",
                            "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=" + proxy + " -Dhttp.nonProxyHosts=127.*");
        }

        private RunningController launch(String name, List<String> program, List<String> flags) throws IOException {
            List<String> command = new ArrayList<>(program);
            flags.forEach(flag -> command.add(flag.replace("$(RUNTIME_NAMESPACE)", place.namespace())));
            return RunningController.launch(place, name, command, environment());
        }
    }

    /** Starts the process; returns empty if the image is unknown. */
    static Optional<FakeWorkload> start(JsonObject template, Node node) throws IOException {
        JsonObject container = template.getAsJsonObject("spec")
                .getAsJsonArray("containers")
                .get(0)
                .getAsJsonObject();
        List<String> flags = new ArrayList<>();
        container.getAsJsonArray("args").forEach(flag -> flags.add(flag.getAsString()));
        flags.add("--storage-path=" + node.place().volume());
        return switch (container.get("image").getAsString()) {
            case "registry.example.com/sluice/reconciler-service:0.1.0" ->
                Optional.of(reconciler(template, node, flags));
            case "registry.example.com/sluice/artifact-server-service:0.1.0" ->
                Optional.of(server(template, node, flags));
            case "ghcr.io/fluxcd/source-watcher:v2.2.1" -> Optional.of(sourceWatcher(template, node, flags));
            default -> Optional.empty();
        };
    }

    private static FakeWorkload reconciler(JsonObject template, Node node, List<String> flags) throws IOException {
        int health = RunningController.freePort();
        flags.addAll(controllerFlags(health));
        RunningController process = node.launch("reconciler", RunningController.java("reconciler-service"), flags);
        return new FakeWorkload(template, process, local(health, "/readyz"), 0);
    }

    private static FakeWorkload server(JsonObject template, Node node, List<String> flags) throws IOException {
        int management = RunningController.freePort();
        int artifacts = RunningController.freePort();
        flags.add("--management-addr=127.0.0.1:" + management);
        flags.add("--storage-addr=127.0.0.1:" + artifacts);
        RunningController process = node.launch("server", RunningController.java("artifact-server-service"), flags);
        return new FakeWorkload(template, process, local(management, "/readyz"), artifacts);
    }

    /** Starts source-watcher if available, otherwise our reconciler, which accepts the same flags. */
    private static FakeWorkload sourceWatcher(JsonObject template, Node node, List<String> flags) throws IOException {
        Optional<Reference> reference = Reference.find();
        if (reference.isEmpty()) {
            return sourceWatcherOfSluice(template, node, flags);
        }
        int artifacts = RunningController.freePort();
        flags.addAll(controllerFlags(RunningController.freePort()));
        flags.add("--storage-addr=127.0.0.1:" + artifacts);
        RunningController process = node.launch(
                "source-watcher",
                RunningController.program(reference.get(), node.place().namespace()),
                flags);
        return new FakeWorkload(template, process, local(artifacts, "/"), artifacts);
    }

    private static FakeWorkload sourceWatcherOfSluice(JsonObject template, Node node, List<String> flags)
            throws IOException {
        System.out.println("SLUICE_SOURCE_WATCHER is not set; using Sluice's reconciler in place of source-watcher");
        int health = RunningController.freePort();
        flags.addAll(controllerFlags(health));
        ArtifactServer server = ArtifactServer.open(ArtifactServerOptions.of(
                node.place().volume(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        RunningController process = node.launch("source-watcher", RunningController.java("reconciler-service"), flags);
        FakeWorkload workload = new FakeWorkload(
                template, process, local(health, "/readyz"), server.address().getPort());
        workload.server = Optional.of(server);
        return workload;
    }

    private static List<String> controllerFlags(int health) throws IOException {
        return List.of(
                "--metrics-addr=127.0.0.1:" + RunningController.freePort(),
                "--health-addr=127.0.0.1:" + health,
                "--leader-election-retry-period=1s",
                "--min-retry-delay=1s");
    }

    private static URI local(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    boolean isOf(JsonObject other) {
        return template.equals(other);
    }

    boolean isReady() throws InterruptedException {
        try {
            HttpRequest probe =
                    HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
            return HTTP.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    /** Returns the endpoint of a Service with this selector; empty if it selects other pods. */
    Optional<URI> selectedBy(JsonObject selector, String path) {
        JsonObject labels = template.getAsJsonObject("metadata").getAsJsonObject("labels");
        for (Map.Entry<String, JsonElement> wanted : selector.entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return Optional.empty();
            }
        }
        return artifactPort == 0 ? Optional.empty() : Optional.of(local(artifactPort, path));
    }

    void stop() throws IOException, InterruptedException {
        server.ifPresent(ArtifactServer::close);
        process.terminate();
    }

    void kill() {
        server.ifPresent(ArtifactServer::close);
        process.close();
    }
}
