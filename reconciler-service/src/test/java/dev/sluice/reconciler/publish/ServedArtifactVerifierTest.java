package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.FetchTimeouts;
import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServedArtifactVerifierTest {

    private static final byte[] CONTENT = new byte[64];
    private static final Duration LONG = Duration.ofMinutes(5);

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void retriesAFileThatAppearsLate() {
        serve(exchange -> {
            boolean late = requests.get() < 3;
            exchange.sendResponseHeaders(late ? 404 : 200, late ? -1 : CONTENT.length);
            if (!late) {
                exchange.getResponseBody().write(CONTENT);
            }
        });

        assertThatCode(() -> readBack(LONG, LONG).await(artifact())).doesNotThrowAnyException();
        assertThat(requests).hasValue(3);
    }

    @Test
    void failsForAFileThatNeverAppears() {
        serve(exchange -> exchange.sendResponseHeaders(404, -1));

        assertThatIOException()
                .isThrownBy(() -> readBack(LONG, LONG).await(artifact()))
                .withMessageStartingWith("artifact not served after 3 attempt(s): ");
    }

    @Test
    void failsForOtherContent() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write(1);
        });

        assertThatIOException().isThrownBy(() -> readBack(LONG, LONG).await(artifact()));
    }

    @Test
    void readsASlowFileToItsEnd() {
        Duration standstill = Duration.ofMillis(1_500);
        serve(exchange -> trickle(exchange, CONTENT, 40)); // 2.5 s in total, each step far below the limit

        assertThatCode(() -> readBack(standstill, LONG).await(artifact())).doesNotThrowAnyException();
        assertThat(requests).hasValue(1);
    }

    @Test
    void acceptsAFileThatArrivesWithoutAStall() {
        serve(exchange -> trickle(exchange, new byte[1_000_000], 20));

        assertThatCode(() -> readBack(LONG, Duration.ofMillis(200)).await(artifact()))
                .doesNotThrowAnyException();
        assertThat(requests).hasValue(1);
    }

    @Test
    void detectsAStalledServerOnceForAllArtifacts() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(0);
            exchange.getResponseBody().flush();
            rest(60_000);
        });
        ServedArtifactVerifier readBack = readBack(Duration.ofMillis(500), LONG);

        assertThatIOException()
                .isThrownBy(() -> readBack.await(artifact()))
                .withMessageContaining("received no data for 500 ms");
        assertThatIOException()
                .isThrownBy(() -> readBack.await(artifact()))
                .withMessageContaining("the artifact server sent no data for 500 ms in a recent check");
        assertThat(requests).hasValue(1);
    }

    private void trickle(HttpExchange exchange, byte[] content, long pauseMillis) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        for (byte b : content) {
            exchange.getResponseBody().write(b);
            exchange.getResponseBody().flush();
            rest(pauseMillis);
        }
    }

    private void rest(long millis) throws IOException {
        try {
            if (end.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("the test has ended");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void serve(HttpHandler handler) {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static ServedArtifactVerifier readBack(Duration standstill, Duration reading) {
        return new ServedArtifactVerifier(
                new ArtifactFetcher(
                        FetchOptions.defaults().withTimeouts(new FetchTimeouts(standstill, standstill, LONG))),
                new ServedArtifactVerifier.Limits(Duration.ofMillis(10), standstill, reading));
    }

    private Artifact artifact() {
        return Artifact.of("p", "http://127.0.0.1:" + server.getAddress().getPort() + "/p", "r")
                .withDigest(Digest.ofBytes(DigestAlgorithm.SHA256, CONTENT).toString());
    }
}
