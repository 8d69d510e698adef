package dev.sluice.deploy;

import dev.sluice.deploy.Helm.Rendered;
import dev.sluice.deploy.Pod.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The chart, installed on a real API server with both containers as processes. */
final class PodCluster implements AutoCloseable {

    private static final String ACCOUNT_FILES = "accounts";

    private final RealCluster cluster;
    private final String namespace;
    private final Rendered chart;
    private final Path directory;
    private final Ports ports = Ports.free();
    private final Map<String, Long> readyMillis = new LinkedHashMap<>();
    private final List<Limited> limited = new ArrayList<>();
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Map<String, Pod> pods = new LinkedHashMap<>();

    /** A pod with a memory limit. */
    record Limited(Pod pod, Cgroup cgroup, int metricsPort) {}

    private record Ports(int artifacts, int management, int metrics, int health) {

        static Ports free() throws IOException {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket first = new ServerSocket(0, 1, loopback);
                    ServerSocket second = new ServerSocket(0, 1, loopback);
                    ServerSocket third = new ServerSocket(0, 1, loopback);
                    ServerSocket fourth = new ServerSocket(0, 1, loopback)) {
                return new Ports(
                        first.getLocalPort(), second.getLocalPort(), third.getLocalPort(), fourth.getLocalPort());
            }
        }
    }

    private PodCluster(RealCluster cluster, String namespace, Rendered chart, Path directory) throws IOException {
        this.cluster = cluster;
        this.namespace = namespace;
        this.chart = chart;
        this.directory = directory;
    }

    static PodCluster start(RealCluster cluster, Helm helm, Path images, Path directory)
            throws IOException, InterruptedException {
        String namespace = "pods-" + UUID.randomUUID();
        cluster.createNamespace(namespace);
        Rendered chart = helm.template("--namespace", namespace);
        PodCluster pods = new PodCluster(cluster, namespace, chart, directory);
        try {
            pods.installAccounts();
            pods.startPods(images.resolve("roots"));
            return pods;
        } catch (IOException | RuntimeException | Error e) {
            pods.close();
            throw e;
        }
    }

    private void installAccounts() throws IOException {
        List<Manifest> accounts = chart.manifests().stream()
                .filter(manifest -> manifest.kind().matches("ServiceAccount|(Cluster)?Role(Binding)?"))
                .toList();
        cluster.apply(Manifest.toYaml(accounts)).orFail();
        Path files = Files.createDirectory(directory.resolve(ACCOUNT_FILES));
        String token = cluster.kubectl("-n", namespace, "create", "token", "source-watcher")
                .orFail()
                .output();
        Files.writeString(files.resolve("token"), token.strip());
        Files.writeString(files.resolve("ca.crt"), cluster.certificateAuthority());
        Files.writeString(files.resolve("namespace"), namespace);
        readableByAll(files);
    }

    private void startPods(Path roots) throws IOException, InterruptedException {
        running.add(FakeService.orSkip(ports.artifacts()));
        Files.createDirectory(directory.resolve("offered"));
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Tool.run(List.of("chown", "0:1337", volume.toString())).orFail();
        Tool.run(List.of("chmod", "2775", volume.toString())).orFail();
        readableByAll(directory);
        Path etc = etc();
        Pod server = startPod(
                "server",
                "sluice-artifact-server",
                ports.management(),
                node(
                        roots.resolve("artifact-server-service"),
                        volume,
                        etc,
                        List.of(
                                "--storage-addr=127.0.0.1:" + ports.artifacts(),
                                "--management-addr=127.0.0.1:" + ports.management()),
                        ports.management()));
        Pod reconciler = startPod(
                "reconciler",
                "sluice-reconciler",
                ports.metrics(),
                node(
                        roots.resolve("reconciler-service"),
                        volume,
                        etc,
                        List.of(
                                "--metrics-addr=127.0.0.1:" + ports.metrics(),
                                "--health-addr=127.0.0.1:" + ports.health(),
                                "--min-retry-delay=1s"),
                        ports.health()));
        awaitReady("reconciler", reconciler);
        awaitReady("server", server);
    }

    private void awaitReady(String name, Pod pod) {
        pod.awaitReady();
        long started = ProcessHandle.of(pod.pid())
                .flatMap(handle -> handle.info().startInstant())
                .orElseThrow()
                .toEpochMilli();
        readyMillis.put(name, System.currentTimeMillis() - started);
    }

    private Node node(Path root, Path volume, Path etc, List<String> moreFlags, int probePort) {
        return new Node(
                root,
                volume,
                etc,
                directory.resolve(ACCOUNT_FILES).toString(),
                "-",
                Map.of(
                        "RUNTIME_NAMESPACE",
                        namespace,
                        "HOSTNAME",
                        "pod-" + root.getFileName(),
                        "KUBERNETES_SERVICE_HOST",
                        cluster.url().getHost(),
                        "KUBERNETES_SERVICE_PORT",
                        String.valueOf(cluster.url().getPort()),
                        "JAVA_TOOL_OPTIONS",
                        aotMode(root)),
                moreFlags,
                probePort);
    }

    /** With an AOT cache, startup fails if the cache does not match the JVM, its flags or the jars. */
    private static String aotMode(Path root) {
        return "-XX:AOTMode=" + (Files.exists(root.resolve("app/app.aot")) ? "on" : "auto");
    }

    private Pod startPod(String name, String deployment, int metricsPort, Node node) throws IOException {
        Map<String, Object> container =
                Manifest.map(chart.get("Deployment", deployment).at("spec", "template", "spec", "containers", 0));
        Object limit = Manifest.map(Manifest.map(container.get("resources")).get("limits"))
                .get("memory");
        Optional<Cgroup> cgroup = Cgroup.limitedTo(String.valueOf(limit));
        Node limitedNode = new Node(
                node.root(),
                node.volume(),
                node.etc(),
                node.secrets(),
                cgroup.map(made -> made.directory().toString()).orElse("-"),
                node.environment(),
                node.moreFlags(),
                node.probePort());
        Pod pod = Pod.start(container, limitedNode, directory.resolve(name + ".log"));
        cgroup.ifPresent(made -> limited.add(new Limited(pod, made, metricsPort)));
        running.add(0, pod);
        cgroup.ifPresent(running::add); // it can be removed after its process has exited
        pods.put(name, pod);
        return pod;
    }

    /** Creates the files that a node mounts into /etc; the Service's name resolves to the fake Service. */
    private Path etc() throws IOException {
        Path etc = Files.createDirectory(directory.resolve("etc"));
        String name = "source-watcher." + namespace + ".svc.cluster.local";
        Files.writeString(
                etc.resolve("hosts"), "127.0.0.1 localhost\n%s %s %s.\n".formatted(FakeService.ADDRESS, name, name));
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files\npasswd: files\n");
        Files.writeString(etc.resolve("passwd"), "nobody:x:65534:65534::/:/sbin/nologin\n");
        readableByAll(etc);
        return etc;
    }

    private static void readableByAll(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    String namespace() {
        return namespace;
    }

    Pod reconciler() {
        return pods.get("reconciler");
    }

    Pod server() {
        return pods.get("server");
    }

    Map<String, Long> readyMillis() {
        return readyMillis;
    }

    List<Limited> limited() {
        return limited;
    }

    List<Manifest> roles() {
        return chart.rolesOfReconcilers();
    }

    AuditedRequests requests() throws IOException {
        return cluster.requestsOf(namespace, "source-watcher");
    }

    GeneratorScenario scenario() {
        return new GeneratorScenario(cluster, namespace, () -> reconciler().log());
    }

    /** Downloads like a consumer through the Service; returns the status code. */
    int download(String url) throws IOException, InterruptedException {
        URI reached = URI.create(
                "http://127.0.0.1:" + ports.artifacts() + URI.create(url).getPath());
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(reached).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    public void close() {
        for (AutoCloseable part : running) {
            try {
                part.close();
            } catch (Exception e) {
                System.out.println("pods: " + e.getMessage());
            }
        }
    }
}
