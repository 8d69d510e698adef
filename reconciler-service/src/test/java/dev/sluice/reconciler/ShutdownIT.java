package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the deletion of a pod during a download that never ends. */
class ShutdownIT {

    private static final Duration POD_GRACE = Duration.ofSeconds(10);

    @TempDir
    Path temporary;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer slow;
    private Replicas replicas;

    @BeforeEach
    void open() throws IOException {
        replicas = Replicas.open(temporary, 1);
        slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.createContext("/", this::neverEnd);
        slow.setExecutor(Executors.newCachedThreadPool());
        slow.start();
    }

    private void neverEnd(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[1_000]);
            exchange.getResponseBody().flush();
            asked.countDown();
            over.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        slow.stop(0);
        replicas.close();
    }

    @Test
    void abandonsWorkReleasesTheLeaseAndCleansUp() throws Exception {
        ReconcilerProcess process = replicas.start("a-only");
        replicas.awaitContent(replicas.changeSource(), 1, Namespaced.LIMIT);
        replicas.offer(Artifact.of("x", "http://127.0.0.1:" + slow.getAddress().getPort() + "/x.tar.gz", "main@sha1:9")
                .withFile("sha256:" + "0".repeat(64), 1_000_000, Instant.now()));
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        long started = System.nanoTime();
        process.terminate();
        process.awaitEnd();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(POD_GRACE);
        assertThat(replicas.leader()).as("holder of the lease").isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void watchesOneNamespaceIfConfigured() throws Exception {
        ReconcilerProcess process = replicas.start("a-only", "--watch-all-namespaces=false");
        Namespaced elsewhere = replicas.elsewhere("elsewhere");
        elsewhere.generator("unwatched", "");
        replicas.given().cluster().apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: reaching-out, namespace: default}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app, namespace: elsewhere}]
                  artifacts: [{name: reaching-out, copy: [{from: "@app/a/**", to: "@artifact/"}]}]
                """);

        await().atMost(Namespaced.LIMIT)
                .untilAsserted(() -> assertThat(replicas.given()
                                .cluster()
                                .generator(replicas.given().key("reaching-out"))
                                .orElseThrow()
                                .conditions())
                        .anyMatch(condition -> String.valueOf(condition.getMessage())
                                .contains("source 'GitRepository/elsewhere/app' not found")));
        replicas.awaitContent(replicas.changeSource(), 1, Namespaced.LIMIT);
        assertThat(elsewhere
                        .cluster()
                        .generator(elsewhere.key("unwatched"))
                        .orElseThrow()
                        .metadata()
                        .getFinalizers())
                .isNullOrEmpty();
        process.terminate();
        process.awaitEnd();
        assertThat(Files.readAllLines(process.log()).stream()
                        .dropWhile(line -> !line.contains("source-watcher stopping")))
                .as("a regular shutdown")
                .isNotEmpty()
                .noneMatch(line -> line.contains("\"level\":\"error\"") || line.contains("interrupted"));
    }

    /** Temporary files on the volume and in the process's temporary directory. */
    private List<String> leftovers() throws IOException {
        try (Stream<Path> stored = Files.walk(replicas.volume());
                Stream<Path> temporaryFiles = Files.walk(temporary.resolve("a-only-tmp"))) {
            return Stream.concat(
                            stored.filter(path -> path.getFileName().toString().startsWith(".tmp-")),
                            temporaryFiles.filter(path -> Files.isRegularFile(path)
                                    && !path.toString().contains("hsperfdata")))
                    .map(Path::toString)
                    .toList();
        }
    }
}
