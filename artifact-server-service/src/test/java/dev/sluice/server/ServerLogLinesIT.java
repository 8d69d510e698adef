package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.artifact.server.RawHttp;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.runtime.logging.StandardError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the log lines of start, stop and failed requests with {@code log-lines.txt}. */
@Timeout(120)
class ServerLogLinesIT {

    private static final int LARGE = 8 * 1024 * 1024;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"json", "console"})
    void startAndStopAreLoggedAndAMissIsNot(String encoding) throws IOException {
        Path volume = Files.createDirectory(temporary.resolve("volume"));
        try (GoldenLines lines = new GoldenLines(RunningServer.class, "dev.sluice", "INFO");
                StandardError error = StandardError.capture()) {
            try (RunningServer server = RunningServer.start(volume, "--log-encoding=" + encoding)) {
                assertThat(server.artifacts("/none.tar.gz").statusCode()).isEqualTo(404);
            }
            assertThat(error.linesOf("dev.sluice.server.volume")).contains("serving volume");
            lines.section("start and stop as " + encoding, error.linesOf("dev.sluice.server.Artifact"));
        }
    }

    @Test
    void failedRequestsAreLoggedAtDebug() throws IOException {
        Path volume = Files.createDirectory(temporary.resolve("volume"));
        Path file = volume.resolve("large.tar.gz");
        Files.write(file, new byte[LARGE]);
        try (RunningServer server = RunningServer.start(volume);
                GoldenLines lines = new GoldenLines(RunningServer.class, "dev.sluice", "DEBUG")) {
            server.artifacts("/none.tar.gz;token=pl4nted?token=pl4nted");
            lines.awaitSection("a miss, at debug", "artifact not found");
            try (RawHttp http = new RawHttp(server.address())) {
                http.sendRaw("GET /large.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(http.receiveHead().status()).isEqualTo(200);
            }
            lines.awaitSection("a client disconnects, at debug", "download aborted");
            try (RawHttp http = new RawHttp(server.address())) {
                http.sendRaw("GET /large.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n");
                RawHttp.Reply head = http.receiveHead();
                Files.write(file, new byte[1], StandardOpenOption.TRUNCATE_EXISTING);
                assertThatIOException().isThrownBy(() -> http.body(head));
            }
            lines.awaitSection("a file is truncated during a download, at debug", "download aborted");
        }
    }
}
