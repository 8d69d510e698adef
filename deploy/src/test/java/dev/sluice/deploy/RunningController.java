package dev.sluice.deploy;

import dev.sluice.runtime.packaged.PackagedService;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Our reconciler or source-watcher as a plain process, with the flags that both support. */
final class RunningController implements AutoCloseable {

    private static final String IN_CLUSTER = "mount -t tmpfs tmpfs /run;"
            + " mkdir -p /run/secrets/kubernetes.io/serviceaccount;"
            + " echo -n \"$1\" >/run/secrets/kubernetes.io/serviceaccount/namespace; shift; exec \"$@\"";

    private final Process process;
    private final Path log;

    private RunningController(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The kubeconfig, namespace and volume of a controller. */
    record Place(Path kubeconfig, String namespace, Path volume, Path logs) {}

    static RunningController sluice(Place place, String... more) throws IOException {
        return start(place, "sluice", java("reconciler-service"), List.of(more));
    }

    /** Starts our reconciler with the flags of the chart's container, adapted to this place. */
    static RunningController sluice(Place place, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(java("reconciler-service"));
        flags.forEach(flag -> command.add(flag.replace("$(RUNTIME_NAMESPACE)", place.namespace())));
        command.addAll(List.of(
                "--storage-path=" + place.volume(),
                "--metrics-addr=127.0.0.1:" + freePort(),
                "--health-addr=127.0.0.1:" + freePort(),
                "--leader-election-retry-period=1s",
                "--min-retry-delay=1s"));
        return launch(place, "sluice", command, Map.of());
    }

    /** Starts our artifact server on the volume of that place. */
    static RunningController ourServer(Place place, String address) throws IOException {
        List<String> command = new ArrayList<>(java("artifact-server-service"));
        command.addAll(List.of(
                "--storage-path=" + place.volume(),
                "--storage-addr=" + address,
                "--management-addr=127.0.0.1:" + freePort()));
        return launch(place, "server", command, Map.of());
    }

    static RunningController sourceWatcher(Place place, Reference reference) throws IOException {
        String storage = "--storage-addr=127.0.0.1:" + freePort();
        return start(place, "source-watcher", program(reference, place.namespace()), List.of(storage));
    }

    /** source-watcher reads its namespace from the service account's directory. */
    static List<String> program(Reference reference, String namespace) {
        return List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                IN_CLUSTER,
                "sh",
                namespace,
                reference.binary().toString());
    }

    /** Returns the command of one of our services. */
    static List<String> java(String service) {
        return PackagedService.of(Repository.ROOT.resolve(service)).command("-Xmx256m");
    }

    private static RunningController start(Place place, String name, List<String> program, List<String> more)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                "--storage-path=" + place.volume(),
                "--storage-adv-addr=source-watcher." + place.namespace() + ".svc.cluster.local.",
                "--watch-all-namespaces=false",
                "--enable-leader-election",
                "--leader-election-retry-period=1s",
                "--log-level=debug",
                "--metrics-addr=127.0.0.1:" + freePort(),
                "--health-addr=127.0.0.1:" + freePort()));
        command.addAll(more);
        return launch(place, name, command, Map.of());
    }

    /** Starts a program with the API server and the namespace of a controller. */
    static RunningController launch(Place place, String name, List<String> command, Map<String, String> moreEnvironment)
            throws IOException {
        Path log = Files.createTempFile(place.logs(), name, ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG", place.kubeconfig().toString(),
                        "RUNTIME_NAMESPACE", place.namespace(),
                        "TMPDIR", place.logs().toString()));
        builder.environment().putAll(moreEnvironment);
        return new RunningController(builder.start(), log);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Terminates it like a rollout does, so that it releases the lease. */
    void terminate() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after 30 s:\n" + log());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
