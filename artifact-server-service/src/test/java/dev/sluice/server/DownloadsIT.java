package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LARGE_BYTES = 24 * 1024 * 1024;
    private static final int SLOW_READERS = 300;

    @TempDir
    static Path volume;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        Files.write(volume.resolve("large.tar.gz"), filled(LARGE_BYTES, 'l'));
        Files.write(volume.resolve("small.tar.gz"), filled(20_000, 's'));
        server = RunningServer.start(volume, "--server.tomcat.connection-timeout=2s");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Versions differ in length and in every byte, so that a response that mixes two of them is detected. */
    @Test
    void anArtifactThatIsReplacedContinuouslyIsNeverMixedOrTruncated() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(7);
        try {
            Future<?> writer = threads.submit(() -> replaceUntil(over));
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                readers.add(threads.submit((Callable<Integer>) () -> readReplaced(300)));
            }
            int complete = 0;
            for (Future<Integer> reader : readers) {
                complete += reader.get(120, TimeUnit.SECONDS);
            }
            over.set(true);
            writer.get(30, TimeUnit.SECONDS);
            assertThat(complete).isPositive();
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private static Void replaceUntil(AtomicBoolean over) throws IOException {
        Path served = volume.resolve("replaced.tar.gz");
        for (int version = 0; !over.get(); version = (version + 1) % 26) {
            Path next = volume.resolve(".next");
            Files.write(next, filled(60_000 + 40_000 * version, 'a' + version));
            Files.move(next, served, StandardCopyOption.ATOMIC_MOVE);
            if (version % 5 == 4) {
                Files.delete(served);
            }
        }
        return null;
    }

    private static int readReplaced(int times) throws IOException {
        int complete = 0;
        try (RawHttp http = new RawHttp(server.address())) {
            for (int i = 0; i < times; i++) {
                http.send("GET", "/replaced.tar.gz");
                RawHttp.Reply reply = http.receive("GET");
                if (reply.status() == 200) {
                    int version = (reply.body().length - 60_000) / 40_000;
                    assertThat(reply.body()).isEqualTo(filled(60_000 + 40_000 * version, 'a' + version));
                    complete++;
                } else if (reply.status() == 503) {
                    // the file changed at each of several attempts to open it; the connection is closed
                    return complete + readReplaced(times - i - 1);
                } else {
                    assertThat(reply.status()).isEqualTo(404);
                }
            }
        }
        return complete;
    }

    @Test
    void hundredsOfStalledClientsDoNotStarveOthers() throws IOException {
        List<RawHttp> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_READERS; i++) {
                RawHttp http = new RawHttp(server.address());
                slow.add(http);
                http.send("GET", "/large.tar.gz");
                assertThat(http.receiveHead().status()).isEqualTo(200);
            }
            for (int i = 0; i < 50; i++) {
                assertThat(RawHttp.request(server.address(), "GET", "/small.tar.gz")
                                .body())
                        .hasSize(20_000);
            }
            assertThat(RawHttp.request(server.address(), "GET", "/large.tar.gz").body())
                    .hasSize(LARGE_BYTES);
        } finally {
            for (RawHttp http : slow) {
                http.close();
            }
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(server.management("/metrics").body())
                        .contains("sluice_artifact_open_downloads 0.0"));
    }

    @Test
    void aRequestPipelinedDuringADownloadIsServedAfterIt() throws IOException {
        try (RawHttp http = new RawHttp(server.address())) {
            for (String next : new String[] {"/small.tar.gz", "/large.tar.gz", "/none.tar.gz"}) {
                http.send("GET", "/large.tar.gz");
                RawHttp.Reply head = http.receiveHead();
                http.send("GET", next);
                assertThat(http.body(head)).hasSize(LARGE_BYTES);
                assertThat(http.receive("GET").status()).isEqualTo(next.contains("none") ? 404 : 200);
            }
        }
    }

    @Test
    void stalledClientsAreDisconnectedAfterTheTimeout() throws IOException {
        try (RawHttp http = new RawHttp(server.address())) {
            http.send("GET", "/large.tar.gz");
            http.receiveHead();
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(server.management("/metrics").body())
                                    .contains("sluice_artifact_open_downloads 0.0"));
        }
    }

    @Test
    void aSlowRequestHeadIsAborted() throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(100);
            socket.getOutputStream()
                    .write("GET /small.tar.gz HTTP/1.1\r\nX-Drip: ".getBytes(StandardCharsets.US_ASCII));
            // each byte arrives well within the timeout, but the head is never complete
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> closedAfterAnotherByte(socket));
        }
    }

    private static boolean closedAfterAnotherByte(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aShutdownWaitsForDownloads() throws Exception {
        Path other = Files.createDirectories(volume.resolve("other"));
        Files.write(other.resolve("large.tar.gz"), filled(LARGE_BYTES, 'l'));
        RunningServer stopping = RunningServer.start(other);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (RawHttp http = new RawHttp(stopping.address())) {
            http.send("GET", "/large.tar.gz");
            RawHttp.Reply head = http.receiveHead();

            Future<?> stop = thread.submit(stopping::close);
            await().atMost(LIMIT).until(() -> refusesConnections(stopping));

            assertThat(stop.isDone()).isFalse();
            assertThat(http.body(head)).hasSize(LARGE_BYTES);
            stop.get(30, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
            stopping.close();
        }
    }

    private static boolean refusesConnections(RunningServer server) {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static byte[] filled(int size, int value) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) value);
        return content;
    }
}
