package dev.sluice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.server.ArtifactRequests;
import dev.sluice.artifact.server.ArtifactResponse;
import dev.sluice.artifact.server.FailingVolume;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the log lines of an unreadable volume with {@code log-lines.txt}. */
class UnreadableVolumeTest {

    @TempDir
    Path temporary;

    private final FailingVolume volume = new FailingVolume();

    @Test
    void anOutageIsLoggedOnceAndWithoutCredentials() throws IOException {
        Path base = Files.createDirectory(temporary.resolve("volume"));
        Files.writeString(base.resolve("app.tar.gz"), "app");
        ArtifactRequests requests = new ArtifactRequests(volume.files(base));
        try (GoldenLines lines = new GoldenLines(RunningServer.class, ArtifactRequests.class.getName(), "INFO")) {
            assertThat(status(requests)).isEqualTo(503);
            lines.section("the volume cannot be read");
            assertThat(status(requests)).isEqualTo(503);
            volume.fail(false);
            assertThat(status(requests)).isEqualTo(200);
            assertThat(lines.take()).isEmpty();
            volume.fail(true);
            assertThat(status(requests)).isEqualTo(503);
            lines.section("the next outage");
        }
    }

    private static int status(ArtifactRequests requests) throws IOException {
        for (String path : List.of("/app.tar.gz;token=pl4nted", "/app.tar.gz")) {
            try (ArtifactResponse answer = requests.answer("GET", path, name -> List.of())) {
                if (answer.status() != 404) {
                    return answer.status();
                }
            }
        }
        return 404;
    }
}
