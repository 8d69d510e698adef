package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.junit.KubernetesApi;
import dev.sluice.kubeapi.junit.KubernetesTest;
import dev.sluice.kubeapi.junit.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many generators in a process with little memory: from nothing, and after a restart. Prints what it measured. */
@KubernetesTest
@Tag("soak")
class ScaleIT {

    private static final int GENERATORS = Integer.getInteger("sluice.scale.generators", 1_000);
    private static final int ARTIFACTS = 10;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TempDir
    Path temporary;

    private KubernetesApi api;
    private Namespaced given;
    private LocalSources sources;

    @SuppressWarnings("NullAway.Init") // started by the test
    private ReconcilerProcess process;

    @BeforeEach
    void create(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        this.api = api;
        Cluster cluster = new Cluster(api.newClient());
        cluster.installCrds();
        given = new Namespaced(cluster, namespace);
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < ARTIFACTS; i++) {
            files.put("d" + i + "/x.yaml", "x: " + i + "\n" + "# padding\n".repeat(200));
        }
        sources.publish(given.key("app"), "main@sha1:1", files);
        for (int i = 0; i < GENERATORS; i++) {
            generator("g" + i);
        }
    }

    private void generator(String name) throws IOException {
        StringBuilder artifacts = new StringBuilder();
        for (int i = 0; i < ARTIFACTS; i++) {
            artifacts.append(
                    "    - {name: %s-%d, copy: [{from: \"@app/d%d/**\", to: \"@artifact/\"}]}%n".formatted(name, i, i));
        }
        given.cluster().apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %s, namespace: %s}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts:
                """.formatted(name, given.namespace()) + artifacts);
    }

    @AfterEach
    void stop() {
        process.close();
        sources.close();
    }

    @Test
    void thousandsOfArtifactsConvergeWithinLittleMemory() throws Exception {
        String qps = System.getProperty("sluice.scale.qps", "1000");
        long started = System.nanoTime();
        start("first", qps);
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> files() >= (long) GENERATORS * ARTIFACTS);
        awaitLines("generated " + ARTIFACTS + " artifact");
        report("from nothing, qps " + qps, started);
        process.terminate();
        process.awaitEnd();

        started = System.nanoTime();
        start("again", qps);
        awaitLines("No drift detected");
        report("after a restart", started);
        assertThat(process.isAlive()).isTrue();
    }

    private void start(String name, String qps) throws IOException {
        process = ReconcilerProcess.start(
                name,
                temporary,
                Map.of(),
                List.of(
                        "--kubeconfig=" + api.kubeconfig(),
                        "--storage-path=" + Files.createDirectories(temporary.resolve("volume")),
                        "--storage-adv-addr=artifacts.test",
                        "--kube-api-qps=" + qps,
                        "--kube-api-burst=" + qps,
                        "--log-level=debug"));
    }

    private void awaitLines(String text) {
        await(text).atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> lines(text) >= GENERATORS);
    }

    private long lines(String text) throws IOException {
        assertThat(process.isAlive()).as(() -> process.lastLines()).isTrue();
        try (Stream<String> lines = Files.lines(process.log())) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    private long files() throws IOException {
        try (Stream<Path> stored = Files.walk(temporary.resolve("volume"))) {
            return stored.filter(path -> path.toString().endsWith(".tar.gz")).count();
        } catch (java.io.UncheckedIOException comesAndGoes) {
            return 0;
        }
    }

    private void report(String what, long started) throws Exception {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.process().pid()),
                        "GC.heap_info")
                .redirectErrorStream(true)
                .start();
        String heap = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String memory = Files.readAllLines(
                        Path.of("/proc", String.valueOf(process.process().pid()), "status"))
                .stream()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS") || line.startsWith("Threads"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList()
                .toString();
        System.out.println("ScaleIT on " + api.name() + ", " + GENERATORS + " x " + ARTIFACTS + " " + what + ": "
                + seconds + " s, " + memory + ", " + heap.replaceAll("\\s+", " "));
    }
}
