package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/**
 * Many generators in a process with little memory: initial run, new source revision, and restart. Counts the API
 * requests and prints its measurements.
 */
@KubernetesTest(TestedApi.REAL)
@Tag("soak")
class ScaleIT {

    private static final int GENERATORS = Integer.getInteger("sluice.scale.generators", 1_000);
    private static final int ARTIFACTS = 10;
    private static final int QPS = Integer.getInteger("sluice.scale.qps", 1_000);
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String GENERATED = "generated " + ARTIFACTS + " artifact";
    private static final String UP_TO_DATE = "No drift detected";

    @TempDir
    Path temporary;

    private final Map<String, String> files = new LinkedHashMap<>();
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
    void thousandsOfArtifactsConvergeWithLittleMemory() throws Exception {
        CountedRequests requests = new CountedRequests(api);
        Phase cold = start("first", requests);
        await().atMost(LIMIT).pollInterval(POLL).until(() -> files() >= (long) GENERATORS * ARTIFACTS);
        awaitLines(GENERATED);
        cold.report("initial run");

        Phase revision = phase(requests);
        files.put("d0/x.yaml", "changed: true\n");
        sources.publish(given.key("app"), "main@sha1:2", files);
        awaitMoreLines(GENERATED, revision);
        assertThat(revision.report("one of " + ARTIFACTS + " changed"))
                .containsEntry("APPLY externalartifacts/status", (long) GENERATORS)
                .hasEntrySatisfying(
                        "PATCH artifactgenerators/status",
                        // runs that last longer than a second also write that they are in progress
                        count -> assertThat(count).isBetween((long) GENERATORS, 2L * GENERATORS))
                .doesNotContainKeys("APPLY externalartifacts", "PATCH artifactgenerators");
        process.terminate();
        process.awaitEnd();

        Phase again = start("again", requests);
        awaitLines(UP_TO_DATE);
        assertThat(again.report("after a restart").keySet())
                .as("no changes: only lists, watches and events")
                .allMatch(what -> what.startsWith("LIST") || what.startsWith("WATCH") || what.endsWith(" events"));
    }

    private Phase start(String name, CountedRequests requests) throws IOException {
        process = ReconcilerProcess.start(
                name,
                temporary,
                Map.of(),
                List.of(
                        "--kubeconfig=" + api.kubeconfig(),
                        "--storage-path=" + Files.createDirectories(temporary.resolve("volume")),
                        "--storage-adv-addr=artifacts.test",
                        "--kube-api-qps=" + QPS,
                        "--kube-api-burst=" + Math.max(QPS, 300),
                        "--log-level=debug"));
        return phase(requests);
    }

    private Phase phase(CountedRequests requests) throws IOException {
        return new Phase(requests, System.nanoTime(), lines(GENERATED));
    }

    private void awaitLines(String text) {
        await(text).atMost(LIMIT).pollInterval(POLL).until(() -> lines(text) >= GENERATORS);
    }

    private void awaitMoreLines(String text, Phase phase) {
        await(text).atMost(LIMIT).pollInterval(POLL).until(() -> lines(text) >= phase.generated() + GENERATORS);
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

    /** A phase of the test and its requests. */
    private final class Phase {

        private final CountedRequests requests;
        private final long started;
        private final long generated;

        Phase(CountedRequests requests, long started, long generated) throws IOException {
            this.requests = requests;
            this.started = started;
            this.generated = generated;
            requests.sinceLastCall();
        }

        long generated() {
            return generated;
        }

        Map<String, Long> report(String what) throws Exception {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
            Map<String, Long> counts = requests.sinceLastCall();
            System.out.println("ScaleIT on " + api.name() + ", " + GENERATORS + " x " + ARTIFACTS + ", qps " + QPS
                    + ", " + what + ": " + seconds + " s, " + memory() + ", requests " + counts);
            return counts;
        }
    }

    /** Resident memory, and live objects on the heap. */
    private String memory() throws Exception {
        String resident =
                Files.readAllLines(Path.of(
                                "/proc", String.valueOf(process.process().pid()), "status"))
                        .stream()
                        .filter(line ->
                                line.startsWith("VmHWM") || line.startsWith("VmRSS") || line.startsWith("Threads"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .toList()
                        .toString();
        String top = System.getProperty("sluice.scale.classes", "");
        return resident + ", heap " + jcmd("GC.heap_info").replaceAll("\\s+", " ") + ", live "
                + jcmd("GC.class_histogram")
                        .lines()
                        .filter(line ->
                                line.startsWith("Total") || (!top.isEmpty() && line.matches(" {0,4}[0-9]{1,2}:.*")))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .toList();
    }

    private String jcmd(String command) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.process().pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
