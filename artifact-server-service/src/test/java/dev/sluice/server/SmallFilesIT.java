package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that pollers serve from memory. */
class SmallFilesIT {

    private static final int BYTES = 40_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String FILE = "/small.tar.gz";
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    static Path volume;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        write("small.tar.gz", 's');
        server = RunningServer.start(volume);
        assertServed();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Path write(String name, int value) throws IOException {
        byte[] content = new byte[BYTES];
        Arrays.fill(content, (byte) value);
        Path file = Files.write(volume.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        return file;
    }

    private static void assertServed() throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(RawHttp.request(server.address(), "GET", FILE).body()).hasSize(BYTES);
        }
    }

    @Test
    void conditionalAndRangeRequestsAreSupported() throws IOException {
        try (RawHttp http = new RawHttp(server.address())) {
            http.send("GET", FILE);
            RawHttp.Reply whole = http.receive("GET");
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.header("Content-Type")).isEqualTo("application/gzip");

            http.send("GET", FILE, "If-None-Match: " + whole.header("ETag"));
            assertThat(http.receive("GET").status()).isEqualTo(304);
            http.send("GET", FILE, "Range: bytes=10-29", "If-Range: " + whole.header("ETag"));
            RawHttp.Reply part = http.receive("GET");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 10, 30));
            http.send("GET", FILE, "Range: bytes=" + BYTES + "-");
            assertThat(http.receive("GET").status()).isEqualTo(416);
            http.send("HEAD", FILE);
            assertThat(http.receive("HEAD").header("Content-Length")).isEqualTo(Integer.toString(BYTES));
            http.send("GET", FILE + "?query");
            assertThat(http.receive("GET").body()).isEqualTo(whole.body());
        }
    }

    @Test
    void anEmptyFileIsServedRepeatedly() throws IOException {
        Path empty = Files.createFile(volume.resolve("empty.tar.gz"));
        Files.setLastModifiedTime(empty, FileTime.from(LONG_AGO));
        try (RawHttp http = new RawHttp(server.address())) {
            for (int i = 0; i < 3; i++) {
                http.send("GET", "/empty.tar.gz");
                assertThat(http.receive("GET").header("Content-Length")).isEqualTo("0");
            }
        }
    }

    @Test
    void aReplacedFileIsServedCompletelyAndADeletedOneIsNotFound() throws IOException {
        Path file = write("changing.tar.gz", 'a');
        try (RawHttp http = new RawHttp(server.address())) {
            for (int version = 'a'; version <= 'c'; version++) {
                Files.move(write(".next", version), file, StandardCopyOption.ATOMIC_MOVE);
                byte next = (byte) version;
                await().atMost(LIMIT).until(() -> get(http).body()[0] == next);
                for (int i = 0; i < 3; i++) {
                    assertThat(get(http).body()).hasSize(BYTES).containsOnly(next);
                }
            }
            Files.delete(file);
            await().atMost(LIMIT).until(() -> get(http).status() == 404);
        }
    }

    private static RawHttp.Reply get(RawHttp http) throws IOException {
        http.send("GET", "/changing.tar.gz");
        return http.receive("GET");
    }

    /** The responses exceed the socket buffers, so these connections stall; others must not. */
    @Test
    void clientsThatPipelineRequestsWithoutReadingDoNotDelayOthers() throws IOException {
        int requests = 150;
        List<RawHttp> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawHttp http = new RawHttp(server.address());
                stalled.add(http);
                for (int request = 0; request < requests; request++) {
                    http.send("GET", FILE);
                }
            }
            assertServed();
            for (int request = 0; request < requests; request++) {
                assertThat(stalled.get(0).receive("GET").body()).hasSize(BYTES).containsOnly('s');
            }
        } finally {
            for (RawHttp http : stalled) {
                http.close();
            }
        }
    }

    @Test
    void clientsThatAnnounceABodyAndSendNoneDoNotDelayOthers() throws IOException {
        List<RawHttp> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                RawHttp http = new RawHttp(server.address());
                silent.add(http);
                http.send("GET", FILE, i % 2 == 0 ? "Content-Length: 100" : "Transfer-Encoding: chunked");
            }
            assertServed();
        } finally {
            for (RawHttp http : silent) {
                http.close();
            }
        }
    }

    @Test
    void aRequestHeadInSeveralPacketsIsServed() throws IOException {
        try (RawHttp http = new RawHttp(server.address())) {
            for (String piece : new String[] {"GE", "T /sm", "all.tar.gz HTTP/1.1\r\n", "Host: x\r\n", "\r\n"}) {
                http.sendRaw(piece);
                assertServed();
            }
            assertThat(http.receive("GET").body()).hasSize(BYTES);
        }
    }
}
