package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArtifactServerIT implements ArtifactHttpContract {

    @TempDir
    static Path directory;

    private static CanaryVolume volume;
    private static ArtifactServer server;

    @BeforeAll
    static void start() throws IOException {
        volume = CanaryVolume.create(directory);
        server = ArtifactServer.open(options());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public InetSocketAddress server() {
        return server.address();
    }

    @Override
    public CanaryVolume volume() {
        return volume;
    }

    private static ArtifactServerOptions options() {
        return ArtifactServerOptions.of(volume.base(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void aStandbyReturns503UntilItLeads() throws IOException {
        AtomicBoolean leads = new AtomicBoolean();
        try (ArtifactServer gated = ArtifactServer.open(options().withGate(leads::get))) {
            for (String target : new String[] {CanaryVolume.ARTIFACT, "/", "/missing"}) {
                RawHttp.Reply reply = RawHttp.request(gated.address(), "GET", target);
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isNotEmpty();
            }
            leads.set(true);
            assertThat(RawHttp.request(gated.address(), "GET", CanaryVolume.ARTIFACT)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void finishesDownloadsBeforeItStops() throws Exception {
        ArtifactServer stopping = ArtifactServer.open(options());
        try (RawHttp http = new RawHttp(stopping.address())) {
            http.send("GET", CanaryVolume.LARGE);
            RawHttp.Reply head = http.receiveHead();
            CompletableFuture<Void> stop = CompletableFuture.runAsync(stopping::close);
            assertThat(http.body(head)).hasSize(Integer.parseInt(head.header("Content-Length")));
            stop.get(60, TimeUnit.SECONDS);
        }
        assertThatThrownBy(() -> RawHttp.request(stopping.address(), "GET", "/"))
                .isInstanceOf(IOException.class);
        stopping.close();
    }

    @Test
    void doesNotWaitForAClientThatDoesNotRead() throws Exception {
        ArtifactServer stopping = ArtifactServer.open(options());
        try (RawHttp http = new RawHttp(stopping.address())) {
            http.send("GET", CanaryVolume.LARGE);
            http.receiveHead();
            long start = System.nanoTime();
            stopping.close();
            // five seconds are guaranteed; the rest allows for a busy machine
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            assertThatThrownBy(() -> http.body(http.receiveHead())).isInstanceOf(Exception.class);
        }
    }

    @Test
    void startBlocksUntilItIsInterrupted() throws Exception {
        int port = freePort();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                ArtifactServer.start(ArtifactServerOptions.of(volume.base(), address));
                interrupted.set(Thread.currentThread().isInterrupted());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(RawHttp.request(address, "GET", "/").status())
                                .isEqualTo(200));
        assertThat(thread.isAlive()).isTrue();
        thread.interrupt();
        thread.join(60_000);
        assertThat(interrupted).isTrue();
        assertThatThrownBy(() -> RawHttp.request(address, "GET", "/")).isInstanceOf(IOException.class);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void reportsAnAddressInUse() {
        assertThatThrownBy(() -> ArtifactServer.open(ArtifactServerOptions.of(volume.base(), server.address())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot serve artifacts on")
                .hasMessageContaining("choose another address");
    }

    @Test
    void returns503ForAnUnreadableVolume() throws IOException {
        ArtifactServerOptions nowhere =
                ArtifactServerOptions.of(directory.resolve("nowhere"), options().address());
        try (ArtifactServer unready = ArtifactServer.open(nowhere)) {
            assertThat(RawHttp.request(unready.address(), "GET", "/").status()).isEqualTo(503);
            assertThat(RawHttp.request(unready.address(), "GET", CanaryVolume.ARTIFACT)
                            .status())
                    .isEqualTo(503);
        }
    }
}
