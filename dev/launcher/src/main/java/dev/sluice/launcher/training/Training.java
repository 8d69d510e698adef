package dev.sluice.launcher.training;

import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.launcher.cluster.ApiServer;
import dev.sluice.launcher.cluster.ManifestException;
import dev.sluice.launcher.cluster.Manifests;
import dev.sluice.launcher.source.LocalSource;
import dev.sluice.launcher.source.LocalSources;
import dev.sluice.launcher.source.ReconcileRequests;
import dev.sluice.toolkit.crd.ToolkitCrds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/**
 * The AOT training run of the images: {@code Training ROOTS EXAMPLES}. Both services run from their image roots against
 * the in-memory API, publish and serve the examples, answer probes and metrics requests, and exit. Each leaves an AOT
 * cache in its root.
 */
public final class Training {

    private static final String RECONCILER = "reconciler-service";
    private static final String SERVER = "artifact-server-service";

    /**
     * Records which methods are compiled, but no profiles, with which the C2 compiler would start at once and use seconds
     * of CPU time. At level 2 the compiled code counts its calls. At level 1 it would not, and the methods that the
     * training run compiled would never reach the C2 compiler: SHA-256 would remain ten times as slow.
     */
    private static final List<String> NO_PROFILES = List.of("-XX:TieredStopAtLevel=2");

    private final Path roots;
    private final Path examples;
    private final Path scratch;

    private Training(Path roots, Path examples, Path scratch) {
        this.roots = roots;
        this.examples = examples;
        this.scratch = scratch;
    }

    /** Runs the training; exits with 1 and a message if a service fails. */
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset(); // hides Tomcat's log
        Path scratch = Files.createTempDirectory("sluice-training-");
        try {
            new Training(Path.of(args[0]), Path.of(args[1]), scratch).run();
        } finally {
            removeTree(scratch);
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException, ManifestException {
        Files.createDirectory(scratch.resolve("data"));
        TrainingPorts ports = TrainingPorts.free();
        try (KubeApi kube = KubeApi.start(KubeApiOptions.defaults());
                TlsFront front = TlsFront.start(kube.url(), scratch);
                TrainedService reconciler = startReconciler(front, ports);
                TrainedService server = startServer(ports)) {
            ApiServer api = new ApiServer(kube.url());
            applyAll(api, ToolkitCrds.manifests());
            offerSourcesDuring(api, () -> {
                applyAll(api, List.of(Files.readString(examples.resolve("generators.yaml"))));
                new TrainingTraffic(kube.url(), ports).run(() -> {
                    reconciler.checkRuns();
                    server.checkRuns();
                });
            });
            reconciler.finish();
            server.finish();
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException, ManifestException;
    }

    private void offerSourcesDuring(ApiServer api, Work work)
            throws IOException, InterruptedException, ManifestException {
        Path offered = Files.createDirectory(scratch.resolve("sources"));
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ArtifactServer server = ArtifactServer.open(ArtifactServerOptions.of(offered, anyPort))) {
            String address = "127.0.0.1:" + server.address().getPort();
            ArtifactStorage storage = new ArtifactStorage(StorageOptions.of(offered, address), Clock.systemUTC());
            LocalSources sources = LocalSources.start(
                    localSources(), storage, scratch, api, new ReconcileRequests(), new TrainingLog());
            try (sources) {
                work.run();
            }
        }
    }

    private List<LocalSource> localSources() {
        return Stream.of("shop", "base")
                .map(name -> new LocalSource(name, examples.resolve(name)))
                .toList();
    }

    private static void applyAll(ApiServer api, List<String> manifests) throws ManifestException, InterruptedException {
        for (String manifest : manifests) {
            for (Map<String, Object> object : Manifests.parse("training", manifest)) {
                api.apply("training", object);
            }
        }
    }

    private TrainedService startReconciler(TlsFront front, TrainingPorts ports) throws IOException {
        Path kubeconfig = scratch.resolve("kubeconfig");
        front.writeKubeconfig(kubeconfig);
        List<String> flags = List.of(
                "--kubeconfig=" + kubeconfig,
                "--storage-path=" + scratch.resolve("data"),
                "--storage-adv-addr=127.0.0.1:" + ports.artifacts(),
                "--metrics-addr=127.0.0.1:" + ports.metrics(),
                "--health-addr=127.0.0.1:" + ports.health(),
                "--enable-leader-election",
                "--verify-served");
        return TrainedService.start(
                roots.resolve(RECONCILER), scratch.resolve(RECONCILER + ".log"), NO_PROFILES, flags);
    }

    private TrainedService startServer(TrainingPorts ports) throws IOException {
        List<String> flags = List.of(
                "--storage-path=" + scratch.resolve("data"),
                "--storage-addr=127.0.0.1:" + ports.artifacts(),
                "--management-addr=127.0.0.1:" + ports.management());
        return TrainedService.start(roots.resolve(SERVER), scratch.resolve(SERVER + ".log"), NO_PROFILES, flags);
    }

    private static void removeTree(Path directory) throws IOException {
        List<Path> deepestFirst = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.forEach(path -> deepestFirst.add(0, path));
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /** Free ports on loopback; nothing else takes them during the build of an image. */
    record TrainingPorts(int artifacts, int management, int metrics, int health) {

        static TrainingPorts free() throws IOException {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket first = new ServerSocket(0, 1, loopback);
                    ServerSocket second = new ServerSocket(0, 1, loopback);
                    ServerSocket third = new ServerSocket(0, 1, loopback);
                    ServerSocket fourth = new ServerSocket(0, 1, loopback)) {
                return new TrainingPorts(
                        first.getLocalPort(), second.getLocalPort(), third.getLocalPort(), fourth.getLocalPort());
            }
        }
    }
}
