package dev.sluice.hostile.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reconciler and the artifact server on one volume, with the flags and the memory limits of the chart. */
final class Services implements AutoCloseable {

    static final String NAMESPACE = "flux-system";

    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final String RECONCILER = "reconciler-service";
    private static final String SERVER = "artifact-server-service";

    private final Path root;
    private final Path directory;
    private final Path kubeconfig;
    private final ReconcilerProfile profile;
    private final ChartMemory reconcilerMemory;
    private final ChartMemory serverMemory;
    private final NameService names;
    private final Ports ports = Ports.free();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile @Nullable JavaService reconciler;
    private volatile @Nullable JavaService server;

    /** Ports on loopback that were free when they were chosen. */
    record Ports(int artifacts, int management, int metrics, int health) {

        static Ports free() {
            try (ServerSocket a = any();
                    ServerSocket b = any();
                    ServerSocket c = any();
                    ServerSocket d = any()) {
                return new Ports(a.getLocalPort(), b.getLocalPort(), c.getLocalPort(), d.getLocalPort());
            } catch (IOException e) {
                throw new IllegalStateException("no free ports", e);
            }
        }

        private static ServerSocket any() throws IOException {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }
    }

    Services(Path root, Path directory, Path kubeconfig, ReconcilerProfile profile) throws IOException {
        this.root = root;
        this.directory = directory;
        this.kubeconfig = kubeconfig;
        this.profile = profile;
        this.reconcilerMemory = profile.memory(ChartMemory.of(root, "reconciler"));
        this.serverMemory = ChartMemory.of(root, "artifactServer");
        Files.createDirectories(directory.resolve("volume"));
        Files.createDirectories(scratch());
        this.names = new NameService(directory);
    }

    boolean areStarted() {
        return reconciler != null;
    }

    /** Starts both services and waits until they are ready. */
    void start() throws IOException {
        reconciler = startReconciler();
        server = startServer();
        awaitReady();
    }

    private JavaService startReconciler() throws IOException {
        List<String> flags = new ArrayList<>(List.of(
                "--watch-all-namespaces=true",
                "--no-cross-namespace-refs=false",
                "--manage-namespaces=true",
                "--concurrent=10",
                "--log-level=info",
                "--log-encoding=json",
                "--enable-leader-election",
                "--storage-path=" + directory.resolve("volume"),
                "--storage-adv-addr=127.0.0.1:" + ports.artifacts(),
                "--verify-served=true",
                "--metrics-addr=127.0.0.1:" + ports.metrics(),
                "--health-addr=127.0.0.1:" + ports.health()));
        flags.addAll(profile.flags());
        Map<String, String> environment = Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "RUNTIME_NAMESPACE", NAMESPACE,
                "TMPDIR", scratch().toString());
        List<String> javaOptions = new ArrayList<>(profile.javaOptions());
        javaOptions.add(names.javaOption());
        return new JavaService.Launch(root, RECONCILER, reconcilerMemory, directory.resolve("reconciler.log"))
                .start(javaOptions, flags, environment);
    }

    private JavaService startServer() throws IOException {
        List<String> flags = List.of(
                "--storage-path=" + directory.resolve("volume"),
                "--storage-addr=127.0.0.1:" + ports.artifacts(),
                "--management-addr=127.0.0.1:" + ports.management(),
                "--log-level=info",
                "--log-encoding=json");
        return new JavaService.Launch(root, SERVER, serverMemory, directory.resolve("server.log"))
                .start(profile.javaOptions(), flags, Map.of());
    }

    private void awaitReady() {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!reconciler().isAlive()) {
                throw new AssertionError(reconciler().state());
            }
            return probe("/readyz") == 200 && status(artifacts() + "/") != 0;
        });
    }

    /** Returns the status code of a probe; 0 without a response within the timeout of the chart's probes. */
    int probe(String path) {
        return status("http://127.0.0.1:" + ports.health() + path);
    }

    private int status(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException noResponse) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Terminates the reconciler as a rollout does, and starts it again. */
    void restartReconciler() throws IOException {
        reconciler().close();
        reconciler = startReconciler();
        awaitReady();
    }

    void restartServer() throws IOException {
        server().close();
        server = startServer();
    }

    JavaService reconciler() {
        return Objects.requireNonNull(reconciler, "not started");
    }

    JavaService server() {
        return Objects.requireNonNull(server, "not started");
    }

    NameService names() {
        return names;
    }

    ChartMemory reconcilerMemory() {
        return reconcilerMemory;
    }

    ChartMemory serverMemory() {
        return serverMemory;
    }

    /** Base URL of the artifact server. */
    URI artifacts() {
        return URI.create("http://127.0.0.1:" + ports.artifacts());
    }

    /** Base URL of the reconciler's metrics and profiles. */
    URI metrics() {
        return URI.create("http://127.0.0.1:" + ports.metrics());
    }

    /** The reconciler's directory for temporary files. */
    Path scratch() {
        return directory.resolve("tmp");
    }

    @Override
    public void close() {
        Stream.of(reconciler, server).filter(Objects::nonNull).forEach(JavaService::close);
    }
}
