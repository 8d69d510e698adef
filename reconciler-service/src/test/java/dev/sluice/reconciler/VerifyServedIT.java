package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An artifact server that shows new files late, as with a network file system. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class VerifyServedIT {

    @TempDir
    Path temporary;

    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean late;
    private Namespaced given;
    private LocalSources sources;
    private Path storage;
    private HttpServer server;
    private RunningReconciler reconciler;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        Cluster cluster = new Cluster(api.newClient());
        cluster.installCrds();
        given = new Namespaced(cluster, namespace);
        storage = Files.createDirectory(temporary.resolve("storage"));
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        sources.publish(given.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        reconciler = RunningReconciler.start(
                api,
                storage,
                "--verify-served",
                "--storage-adv-addr=127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        Path file = storage.resolve(exchange.getRequestURI().getPath().substring(1));
        try (exchange) {
            if (late || !Files.exists(file)) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            }
        }
    }

    @AfterEach
    void stop() {
        reconciler.close();
        server.stop(0);
        sources.close();
    }

    @Test
    void keepsTheOldArtifactUntilTheNewOneIsServed() throws IOException {
        given.generator("one", "");
        given.awaitArtifact("one");
        given.awaitReady("one");
        String version = given.version("one");
        String oldRevision = given.artifact("one").revision();

        late = true;
        sources.publish(given.key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));
        await().atMost(Namespaced.LIMIT).until(() -> refused.get() >= 3 && !given.isReady("one"));

        assertThat(given.version("one")).isEqualTo(version);
        assertThat(Namespaced.file(storage, given.artifact("one"))).exists();

        late = false;
        await().atMost(Namespaced.LIMIT)
                .until(() -> !given.artifact("one").revision().equals(oldRevision));
        given.awaitReady("one");
    }
}
