package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.runtime.Service;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.runtime.logging.StandardError;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ObjectKey;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the whole service at trace level: checks its log and its events, and that no secret appears. */
@KubernetesTest
@Timeout(240)
class ObservedRunIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PLANTED = "pl4nted";
    private static final String UNREACHABLE =
            "http://user:%1$s@127.0.0.1:1/x;sig=%1$s/x.tar.gz;sig=%1$s?token=%1$s".formatted(PLANTED);

    /** Loggers outside of reconciliations. */
    private static final Pattern OUTSIDE_OF_RUNS =
            Pattern.compile("dev\\.sluice\\.(runtime|reconciler\\.volume|controller\\.informer)\\..*"
                    + "|dev\\.sluice\\.reconciler\\.(ReconcilerApplication|IgnoredFlags)");

    private static final Set<String> STAGES = Set.of("fetch", "index", "build", "archive", "publish");

    @TempDir
    Path temporary;

    @Test
    void everyLineOfARunHasItsFieldsAndNoSecret(KubernetesApi api, @TestNamespace String namespace) throws Exception {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer receiver = receiver(posted);
        Cluster cluster = new Cluster(api.newClient());
        cluster.installCrds();
        List<String> lines;
        try (GoldenLines golden = new GoldenLines(getClass(), "dev.sluice", "INFO");
                StandardError error = StandardError.capture()) {
            try (LocalSources sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
                    ConfigurableApplicationContext service = start(api, receiver)) {
                assertThat(service.isRunning()).isTrue();
                work(cluster, sources, namespace, posted, redirectOf(receiver));
                assertNoStaticMetrics(service);
                assertNoSecretOnTheMetricsPort(service);
            } finally {
                receiver.stop(0);
            }
            golden.section("from start to stop", error.linesOf("dev.sluice.reconciler.ReconcilerApplication"));
            golden.section("an ignored flag", error.linesOf("dev.sluice.reconciler.IgnoredFlags"));
            lines = error.lines();
        }
        assertThat(lines).allMatch(line -> line.startsWith("{"));
        assertThat(lines).noneMatch(line -> line.contains(PLANTED));
        assertThat(posted).noneMatch(event -> event.contains(PLANTED));
        assertRunsAreNamed(lines.stream().map(JsonMapper.shared()::readTree).toList());
        assertNotified(posted);
    }

    /** A good artifact, a failing source with credentials in its URL, and a merge that fails at a secret. */
    private static void work(
            Cluster cluster, LocalSources sources, String namespace, List<String> posted, String redirect)
            throws IOException {
        ObjectKey app = new ObjectKey(namespace, "app");
        sources.publish(app, "main@sha1:1", Map.of("a.yaml", "a: 1\n", "secret.yaml", "password: [" + PLANTED + "\n"));
        ObjectKey bad = new ObjectKey(namespace, "bad");
        Artifact stored = sources.store(bad, "main@sha1:2", Map.of("b.yaml", "b: 1\n"));
        sources.offer(bad, withUrl(stored, UNREACHABLE));
        ObjectKey moved = new ObjectKey(namespace, "moved");
        sources.offer(moved, withUrl(sources.store(moved, "main@sha1:3", Map.of("c.yaml", "c: 1\n")), redirect));
        cluster.apply(generator(namespace, "good", "app", "{from: \"@app/a.yaml\", to: \"@artifact/\"}"));
        cluster.apply(generator(namespace, "unreachable", "bad", "{from: \"@bad/**\", to: \"@artifact/\"}"));
        cluster.apply(generator(namespace, "redirected", "moved", "{from: \"@moved/**\", to: \"@artifact/\"}"));
        cluster.apply(generator(
                namespace,
                "choking",
                "app",
                "{from: \"@app/a.yaml\", to: \"@artifact/v.yaml\"}, "
                        + "{from: \"@app/secret.yaml\", to: \"@artifact/v.yaml\", strategy: Merge}"));
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
            assertThat(cluster.externalArtifact(new ObjectKey(namespace, "good-out"))
                            .orElseThrow()
                            .artifact())
                    .isPresent();
            assertThat(posted.toString()).contains("\"good\"", "\"unreachable\"", "\"redirected\"", "\"choking\"");
            for (String name : List.of("unreachable", "redirected", "choking")) {
                ObjectKey failing = new ObjectKey(namespace, name);
                assertThat(cluster.events(failing)).isNotEmpty().noneMatch(event -> event.contains(PLANTED));
                assertThat(ToolkitJson.gson()
                                .toJson(cluster.generator(failing).orElseThrow().status()))
                        .contains("Failed")
                        .doesNotContain(PLANTED);
            }
        });
    }

    /** Libraries register metrics in the static registry of the old client; none of them may be exposed. */
    private static void assertNoStaticMetrics(ConfigurableApplicationContext service) throws IOException {
        Counter planted =
                Counter.build("planted_in_the_default_registry", "A test.").register();
        planted.inc();
        try {
            Set<String> shown = page(service, "/metrics")
                    .lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ", 4)[2])
                    .collect(Collectors.toSet());
            assertThat(shown).contains("workqueue_depth");
            for (Collector.MetricFamilySamples family :
                    Collections.list(CollectorRegistry.defaultRegistry.metricFamilySamples())) {
                assertThat(shown).doesNotContain(family.getNames());
            }
        } finally {
            CollectorRegistry.defaultRegistry.unregister(planted);
        }
    }

    private static void assertNoSecretOnTheMetricsPort(ConfigurableApplicationContext service) throws IOException {
        for (String path : List.of(
                "/metrics",
                "/actuator/info",
                "/actuator/health",
                "/actuator/startup",
                "/actuator/loggers",
                "/actuator/threaddump",
                "/debug/pprof/",
                "/debug/pprof/cmdline",
                "/debug/pprof/goroutine?debug=2",
                "/debug/pprof/trace?seconds=1")) {
            assertThat(page(service, path)).as(path).isNotEmpty().doesNotContain(PLANTED);
        }
    }

    /** Decodes each byte as a character, so that text can be found in a recording. */
    private static String page(ConfigurableApplicationContext service, String path) throws IOException {
        URLConnection connection = URI.create("http://127.0.0.1:"
                        + service.getEnvironment().getRequiredProperty("local.management.port") + path)
                .toURL()
                .openConnection();
        connection.setReadTimeout((int) LIMIT.toMillis());
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void assertRunsAreNamed(List<JsonNode> lines) {
        List<JsonNode> ofRuns = lines.stream()
                .filter(line -> line.get("logger").stringValue().startsWith("dev.sluice."))
                .filter(line -> !OUTSIDE_OF_RUNS
                        .matcher(line.get("logger").stringValue())
                        .matches())
                .toList();
        assertThat(ofRuns)
                .isNotEmpty()
                .allMatch(line -> line.has("reconcileID")
                        && line.has("ArtifactGenerator")
                        && line.has("name")
                        && line.has("namespace"));
        assertThat(ofRuns)
                .as("lines of workers and of threads that work for them")
                .extracting(line -> line.get("logger").stringValue())
                .contains(
                        "dev.sluice.controller.queue.Controller",
                        "dev.sluice.reconciler.stage.Stages",
                        "dev.sluice.controller.event.NotificationEventSink");
        assertThat(ofRuns.stream().filter(line -> line.has("stage")))
                .allMatch(line -> line.get("durationMs").isNumber() && line.has("subject"));
        Map<String, Set<String>> stagesByRun = ofRuns.stream()
                .filter(line -> line.has("stage"))
                .collect(Collectors.groupingBy(
                        line -> line.get("reconcileID").stringValue(),
                        Collectors.mapping(line -> line.get("stage").stringValue(), Collectors.toSet())));
        assertThat(stagesByRun.values()).anyMatch(stages -> stages.containsAll(Set.of("build", "archive", "publish")));
        assertThat(stagesByRun.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
                .containsAll(STAGES);
    }

    private static void assertNotified(List<String> posted) {
        JsonNode published = posted.stream()
                .map(JsonMapper.shared()::readTree)
                .filter(event -> event.get("severity").stringValue().equals("info"))
                .findFirst()
                .orElseThrow();
        assertThat(published.get("involvedObject").get("kind").stringValue()).isEqualTo("ArtifactGenerator");
        assertThat(published
                        .get("metadata")
                        .get("source.extensions.fluxcd.io/revision")
                        .stringValue())
                .startsWith("latest@sha256:");
        assertThat(published.get("reportingController").stringValue()).isEqualTo("source-watcher");
        assertThat(published.get("action").stringValue()).isEqualTo("Publish");
    }

    private static Artifact withUrl(Artifact artifact, String url) {
        return new Artifact(
                artifact.path(),
                url,
                artifact.revision(),
                artifact.digest(),
                Objects.requireNonNull(artifact.lastUpdateTime()),
                artifact.size(),
                artifact.metadata());
    }

    private ConfigurableApplicationContext start(KubernetesApi api, HttpServer receiver) throws IOException {
        return Service.of(ReconcilerApplication.class, ReconcilerFlags.all())
                .start(
                        "--kubeconfig=" + withToken(api.kubeconfig()),
                        "--storage-path=" + Files.createDirectory(temporary.resolve("storage")),
                        "--storage-adv-addr=artifacts.test",
                        "--metrics-addr=127.0.0.1:0",
                        "--health-addr=127.0.0.1:0",
                        "--events-addr=http://user:%s@127.0.0.1:%d/"
                                .formatted(PLANTED, receiver.getAddress().getPort()),
                        "--requeue-dependency=1s",
                        "--watch-configs-label-selector=app=x",
                        "--log-level=trace");
    }

    /** The in-memory API accepts any token; a real one would reject this one. */
    private Path withToken(Path kubeconfig) throws IOException {
        String text = Files.readString(kubeconfig).replace("user: {}", "user: {token: " + PLANTED + "}");
        return Files.writeString(temporary.resolve("kubeconfig"), text);
    }

    /** Accepts events, except for the first attempt of the first one, and redirects downloads. */
    private static HttpServer receiver(List<String> posted) throws IOException {
        AtomicBoolean warm = new AtomicBoolean();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(warm.getAndSet(true) ? 202 : 503, -1);
            }
        });
        server.createContext("/redirect", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Location", UNREACHABLE);
                exchange.sendResponseHeaders(302, -1);
            }
        });
        server.start();
        return server;
    }

    private static String redirectOf(HttpServer server) {
        return "http://user:%1$s@127.0.0.1:%2$d/redirect/x.tar.gz;sig=%1$s?token=%1$s"
                .formatted(PLANTED, server.getAddress().getPort());
    }

    private static String generator(String namespace, String name, String source, String copies) {
        return """
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  sources: [{alias: %3$s, kind: GitRepository, name: %3$s}]
                  artifacts: [{name: %2$s-out, copy: [%4$s]}]
                """.formatted(namespace, name, source, copies);
    }
}
