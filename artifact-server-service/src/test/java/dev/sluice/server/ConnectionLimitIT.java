package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.server.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections beyond the server's limit wait in the kernel's accept queue and are not rejected. */
@Timeout(120)
class ConnectionLimitIT {

    private static final int LIMIT = 4;
    private static final int WAITING = 3;
    private static final int BYTES = 100_000;

    @TempDir
    Path temporary;

    private RunningServer server;
    private final Deque<RawHttp> open = new ArrayDeque<>();

    @BeforeEach
    void start() throws IOException {
        Path volume = Files.createDirectory(temporary.resolve("volume"));
        Path small = Files.writeString(volume.resolve("small.tar.gz"), "small");
        Files.setLastModifiedTime(small, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        Files.write(volume.resolve("large.tar.gz"), new byte[BYTES]);
        server = RunningServer.start(volume, "--server.tomcat.max-connections=" + LIMIT);
    }

    @AfterEach
    void stop() throws IOException {
        for (RawHttp http : open) {
            http.close();
        }
        server.close();
    }

    @Test
    void waitingConnectionsAreServedAsSoonAsOthersAreClosed() throws Exception {
        for (int i = 0; i < LIMIT; i++) {
            open.add(new RawHttp(server.address()));
            assertServed(open.getLast());
        }
        Deque<CompletableFuture<RawHttp.Reply>> waiting = new ArrayDeque<>();
        for (int i = 0; i < WAITING; i++) {
            RawHttp http = new RawHttp(server.address());
            open.add(http);
            http.send("GET", "/large.tar.gz");
            waiting.add(CompletableFuture.supplyAsync(() -> receive(http)));
        }

        while (!waiting.isEmpty()) {
            assertNoneIsServed(waiting);
            for (RawHttp served : open.stream().limit(LIMIT).toList()) {
                assertServed(served);
            }
            open.removeFirst().close();
            RawHttp.Reply reply = waiting.removeFirst().get(30, TimeUnit.SECONDS);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).hasSize(BYTES);
        }
        for (RawHttp served : open) {
            assertServed(served);
        }
    }

    /** Waits long enough for a response to arrive if there were one. */
    private static void assertNoneIsServed(Deque<CompletableFuture<RawHttp.Reply>> waiting) {
        assertThatThrownBy(() -> CompletableFuture.anyOf(waiting.toArray(CompletableFuture<?>[]::new))
                        .get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }

    private static RawHttp.Reply receive(RawHttp http) {
        try {
            return http.receive("GET");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertServed(RawHttp http) throws IOException {
        for (String path : new String[] {"/small.tar.gz", "/large.tar.gz"}) {
            http.send("GET", path);
            assertThat(http.receive("GET").status()).isEqualTo(200);
        }
    }
}
