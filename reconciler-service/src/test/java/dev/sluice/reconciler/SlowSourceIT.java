package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source that does not respond, next to one that does, with one worker. */
@Timeout(180)
class SlowSourceIT {

    @TempDir
    Path temporary;

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer slow;
    private KubeApi api;
    private Cluster cluster;
    private Namespaced given;
    private LocalSources sources;

    @BeforeEach
    void start() throws IOException {
        api = KubeApi.start(KubeApiOptions.defaults());
        cluster = new Cluster(Config.fromUrl(api.url().toString(), false));
        cluster.installCrds();
        given = new Namespaced(cluster, "default");
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.setExecutor(threads);
        slow.start();
    }

    @AfterEach
    void stop() throws IOException {
        mayAnswer.countDown();
        slow.stop(0);
        threads.shutdownNow();
        sources.close();
        api.close();
    }

    @Test
    void aSlowSourceBlocksNoWorkerAndIsReportedAsInProgress() throws Exception {
        offerSlowly();
        try (RunningReconciler reconciler = reconciler()) {
            assertThat(reconciler.context().isRunning()).isTrue();
            await().atMost(Namespaced.LIMIT).until(() -> asked.get() == 1);
            sources.publish(given.key("other"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
            generator("quick", "other");
            given.awaitReady("quick");
            assertInProgress();

            mayAnswer.countDown();
            given.awaitReady("slow");
            assertThat(asked).hasValue(1);
            await().atMost(Namespaced.LIMIT)
                    .until(() -> !cluster.events(given.key("slow")).isEmpty());
            assertThat(cluster.events(given.key("slow"))).noneMatch(event -> event.contains("Failed"));
        }
    }

    private void offerSlowly() throws IOException {
        Artifact stored = sources.store(given.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        slow.createContext("/", exchange -> {
            asked.incrementAndGet();
            awaitQuietly(mayAnswer);
            exchange.getResponseHeaders().add("Location", stored.url());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        String url = "http://127.0.0.1:" + slow.getAddress().getPort() + "/a";
        sources.offer(given.key("app"), withUrl(stored, url));
        generator("slow", "app");
    }

    private RunningReconciler reconciler() throws IOException {
        Path kubeconfig = temporary.resolve("kubeconfig");
        api.writeKubeconfig(kubeconfig);
        return RunningReconciler.start(
                kubeconfig,
                Files.createDirectory(temporary.resolve("volume")),
                "--concurrent=1",
                "--source-min-rate=0");
    }

    private void generator(String name, String source) throws IOException {
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %s, namespace: default}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: %s}]
                  artifacts: [{name: %s, copy: [{from: "@app/a/**", to: "@artifact/"}]}]
                """.formatted(name, source, name));
    }

    private void assertInProgress() throws IOException {
        assertThat(Conditions.find(
                        cluster.generator(given.key("slow")).orElseThrow().conditions(), ConditionTypes.RECONCILING))
                .hasValueSatisfying(condition -> assertThat(condition.getReason())
                        .as(condition.getMessage())
                        .isEqualTo("Progressing"));
    }

    private static Artifact withUrl(Artifact stored, String url) {
        return new Artifact(
                stored.path(),
                url,
                stored.revision(),
                stored.digest(),
                stored.lastUpdateTime(),
                stored.size(),
                stored.metadata());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
