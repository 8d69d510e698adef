package dev.sluice.deploy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A container of the chart that runs from its image root according to its pod spec; see {@code pod.sh}. */
final class Pod implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final int probePort;
    private final HttpClient http = HttpClient.newHttpClient();

    private Pod(Process process, Path log, int probePort) {
        this.process = process;
        this.log = log;
        this.probePort = probePort;
    }

    /**
     * The settings that the kubelet and the cluster add to a pod spec.
     *
     * @param moreFlags flags that override those of the pod spec, such as ports, because all pods share this machine
     * @param secrets the directory of the service account's files, or {@code -}
     * @param cgroup the cgroup of the container, or {@code -}
     */
    record Node(
            Path root,
            Path volume,
            Path etc,
            String secrets,
            String cgroup,
            Map<String, String> environment,
            List<String> moreFlags,
            int probePort) {}

    static Pod start(Map<String, Object> container, Node node, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "bash",
                Repository.ROOT
                        .resolve("deploy/src/test/resources/dev/sluice/deploy/pod.sh")
                        .toString()));
        command.addAll(List.of(
                node.root().toString(),
                node.volume().toString(),
                node.etc().toString(),
                node.secrets(),
                node.cgroup()));
        command.addAll(Dockerfile.read().entrypoint());
        for (String argument : Manifest.strings(container.get("args"))) {
            command.add(expand(argument, node.environment()));
        }
        command.addAll(node.moreFlags());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment(node));
        return new Pod(builder.start(), log, node.probePort());
    }

    private static Map<String, String> environment(Node node) {
        Map<String, String> environment = new LinkedHashMap<>(Dockerfile.read().environment());
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.putAll(node.environment());
        return environment;
    }

    private static String expand(String argument, Map<String, String> environment) {
        String expanded = argument;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            expanded = expanded.replace("$(" + variable.getKey() + ")", variable.getValue());
        }
        return expanded;
    }

    /** Waits until the readiness probe succeeds. */
    void awaitReady() {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("exited with code " + process.exitValue() + ":\n" + log());
            }
            return get(probePort, "/readyz").map(HttpResponse::statusCode).orElse(0) == 200;
        });
    }

    /** Returns empty while the port is not open. */
    Optional<HttpResponse<String>> get(int port, String path) throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Returns a value in kilobytes from the process status of the kernel, such as {@code VmRSS}. */
    long kilobytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** Terminates the process like the kubelet; returns its exit code. Fails if it outlives the grace period. */
    int terminate(Duration gracePeriod) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(gracePeriod.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after the grace period of " + gracePeriod);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
