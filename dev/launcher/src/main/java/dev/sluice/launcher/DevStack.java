package dev.sluice.launcher;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.launcher.cluster.ApiServer;
import dev.sluice.launcher.cluster.ManifestException;
import dev.sluice.launcher.cluster.Manifests;
import dev.sluice.launcher.process.JvmFlags;
import dev.sluice.launcher.process.ServiceCommand;
import dev.sluice.launcher.process.ServiceProcess;
import dev.sluice.launcher.process.ServiceStart;
import dev.sluice.launcher.source.LocalSources;
import dev.sluice.launcher.source.ReconcileRequests;
import dev.sluice.launcher.view.ClusterWatch;
import dev.sluice.launcher.view.Terminal;
import dev.sluice.launcher.view.TerminalView;
import dev.sluice.toolkit.crd.ToolkitCrds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** All components of a run, started in the order that shows the first artifact soonest and stopped in reverse order. */
final class DevStack implements AutoCloseable {

    private static final Duration SERVING_LIMIT = Duration.ofSeconds(60);

    private final DevOptions options;
    private final DataDirectory data;
    private final Terminal terminal;
    private final JvmFlags jvm;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Deque<ServiceProcess> services = new ArrayDeque<>();

    /** @param jvm flags of the services' JVMs */
    DevStack(DevOptions options, DataDirectory data, Terminal terminal, JvmFlags jvm) {
        this.options = options;
        this.data = data;
        this.terminal = terminal;
        this.jvm = jvm;
    }

    URI apiUri() {
        return URI.create("http://127.0.0.1:" + options.ports().api());
    }

    /**
     * Starts all components. The services' JVMs start while the in-memory API starts in this process. Sources and
     * manifests are applied only after the artifact server responds, so that every announced artifact can be
     * downloaded.
     */
    void start(TerminalView view, BiConsumer<ServiceProcess, Integer> ended) throws IOException, InterruptedException {
        VolumeIdentity.readOrCreate(data.artifacts());
        ServiceProcess artifactServer = startService(artifactServer(), ended);
        ServiceProcess reconciler = startService(reconciler(), ended);
        running.push(KubeApi.start(
                KubeApiOptions.defaults().withPort(options.ports().api()).withDataDirectory(data.kubeApi())));
        ApiServer api = new ApiServer(apiUri());
        applyCrds(api);
        awaitServing(artifactServer);
        ReconcileRequests requests = new ReconcileRequests();
        startSources(api, requests, view);
        options.files().forEach(file -> applyFile(api, file));
        running.push(ClusterWatch.start(apiUri(), view, requests::seen));
        Thread announcer = DaemonThreads.create("reconciler-start", () -> announceReconciler(reconciler));
        announcer.start();
    }

    /** Reports that the reconciler is starting and when it is ready: it starts last, and nothing is built before. */
    private void announceReconciler(ServiceProcess reconciler) {
        URI ready = URI.create("http://127.0.0.1:" + options.ports().health() + "/readyz");
        ServiceStart start = new ServiceStart(SERVING_LIMIT);
        try {
            if (!start.isServed(ready)) {
                terminal.event("service", reconciler.name() + " is starting; it builds artifacts once it is ready");
            }
            if (start.awaitServing(ready, reconciler::isAlive)) {
                terminal.event("service", reconciler.name() + " is ready");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitServing(ServiceProcess artifactServer) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + options.ports().artifacts() + "/");
        if (!new ServiceStart(SERVING_LIMIT).awaitServing(address, artifactServer::isAlive)) {
            terminal.problem(
                    "service",
                    "%s does not respond at %s; see its log: %s"
                            .formatted(artifactServer.name(), address, artifactServer.log()));
        }
    }

    private ServiceProcess startService(ServiceCommand command, BiConsumer<ServiceProcess, Integer> ended)
            throws IOException {
        ServiceProcess service = ServiceProcess.start(command, ended);
        services.push(service);
        running.push(service);
        return service;
    }

    private ServiceCommand reconciler() throws IOException {
        Path kubeconfig = writeKubeconfig();
        Ports ports = options.ports();
        List<String> flags = List.of(
                "--storage-path=" + data.artifacts(),
                "--storage-adv-addr=localhost:" + ports.artifacts(),
                "--metrics-addr=127.0.0.1:" + ports.metrics(),
                "--health-addr=127.0.0.1:" + ports.health(),
                "--console-addr=127.0.0.1:" + ports.console(),
                "--log-level=" + options.logLevel());
        Map<String, String> environment = Map.of("KUBECONFIG", kubeconfig.toString());
        return service("reconciler-service", flags, environment);
    }

    private ServiceCommand artifactServer() {
        Ports ports = options.ports();
        List<String> flags = List.of(
                "--storage-path=" + data.artifacts(),
                "--storage-addr=127.0.0.1:" + ports.artifacts(),
                "--management-addr=127.0.0.1:" + ports.management(),
                "--log-level=" + options.logLevel());
        return service("artifact-server-service", flags, Map.of());
    }

    private ServiceCommand service(String name, List<String> flags, Map<String, String> environment) {
        return ServiceCommand.ofJar(Installation.jar(name), jvm, data.scratch(), flags, environment, data.log(name));
    }

    private Path writeKubeconfig() throws IOException {
        String text = """
                apiVersion: v1
                kind: Config
                clusters: [{name: sluice-dev, cluster: {server: "%s"}}]
                users: [{name: sluice-dev, user: {}}]
                contexts: [{name: sluice-dev, context: {cluster: sluice-dev, user: sluice-dev}}]
                current-context: sluice-dev
                """.formatted(apiUri());
        return Files.writeString(data.root().resolve("kubeconfig"), text);
    }

    private static void applyCrds(ApiServer api) throws IOException, InterruptedException {
        try {
            for (String manifest : ToolkitCrds.all()) {
                for (Map<String, Object> crd : Manifests.parse("CRD", manifest)) {
                    api.apply("CRD", crd);
                }
            }
        } catch (ManifestException e) {
            throw new IOException("cannot install the CRDs: " + e.getMessage(), e);
        }
    }

    private void startSources(ApiServer api, ReconcileRequests requests, TerminalView view) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ArtifactServer server = ArtifactServer.open(ArtifactServerOptions.of(data.sources(), anyPort));
        running.push(server);
        String address = "127.0.0.1:" + server.address().getPort();
        ArtifactStorage storage = new ArtifactStorage(StorageOptions.of(data.sources(), address), Clock.systemUTC());
        running.push(LocalSources.start(options.sources(), storage, data.scratch(), api, requests, view));
    }

    /** Applies the objects of a file. Reports an invalid manifest in one line and continues with the others. */
    private void applyFile(ApiServer api, Path file) {
        try {
            for (Map<String, Object> object : Manifests.read(file)) {
                applyObject(api, file, object);
            }
        } catch (ManifestException e) {
            terminal.problem("manifest", String.valueOf(e.getMessage()));
        }
    }

    private void applyObject(ApiServer api, Path file, Map<String, Object> object) {
        try {
            terminal.event("applied", api.apply(file.toString(), object).name());
        } catch (ManifestException e) {
            terminal.problem("manifest", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops the services without a time limit of their own.
     *
     * @return whether they have ended in time
     */
    boolean stopServices(Duration limit) throws InterruptedException {
        services.forEach(ServiceProcess::requestStop);
        boolean ended = true;
        for (ServiceProcess service : services) {
            ended &= service.awaitEnd(limit);
        }
        return ended;
    }

    /** Asks both services to stop first, so that they shut down in parallel. */
    @Override
    public void close() {
        services.forEach(ServiceProcess::requestStop);
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                terminal.problem("stop", String.valueOf(e.getMessage()));
            }
        }
    }
}
