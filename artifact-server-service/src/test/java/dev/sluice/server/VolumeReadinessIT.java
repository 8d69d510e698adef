package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeReadinessIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String MISSING = "/externalartifact/default/app/missing.tar.gz";

    @TempDir
    Path directory;

    @Test
    void aWrongDirectoryIsNeverMistakenForMissingArtifacts() throws IOException {
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.writeString(volume.resolve("first.tar.gz"), "first");
        try (RunningServer server = RunningServer.startUnidentified(volume)) {
            assertNotReady(server, ".sluice-volume");
            assertThat(server.management("/healthz").statusCode()).isEqualTo(200);

            RunningServer.identify(volume, "first");
            awaitReady(server);
            assertThat(server.artifacts(MISSING).statusCode()).isEqualTo(404);
            assertThat(server.artifacts("/first.tar.gz").body()).isEqualTo("first");

            unmounted(server, volume);
            otherVolume(server, volume);
        }
    }

    /** Replaces the volume with an empty mount point, and restores it. */
    private void unmounted(RunningServer server, Path volume) throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(volume, elsewhere);
        assertUnavailable(server.artifacts(MISSING));
        Files.createDirectory(volume);
        // a cached file is served for a second without a check of the volume
        await().atMost(LIMIT).untilAsserted(() -> assertUnavailable(server.artifacts("/first.tar.gz")));
        await().atMost(LIMIT).untilAsserted(() -> assertNotReady(server, "empty mount point"));

        Files.delete(volume);
        Files.move(elsewhere, volume);
        awaitReady(server);
        assertThat(server.artifacts("/first.tar.gz").body()).isEqualTo("first");
    }

    private static void otherVolume(RunningServer server, Path volume) throws IOException {
        RunningServer.identify(volume, "second");
        assertUnavailable(server.artifacts(MISSING));
        await().atMost(LIMIT).untilAsserted(() -> assertNotReady(server, "second"));
        await().atMost(LIMIT).until(() -> server.management("/healthz").statusCode() == 503);

        RunningServer.identify(volume, "first");
        awaitReady(server);
        assertThat(server.management("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void directoriesAreListedIfEnabled() throws IOException {
        Path volume = directory.resolve("listed");
        Path artifacts = Files.createDirectories(volume.resolve("externalartifact/default/app"));
        Files.writeString(artifacts.resolve("b.tar.gz"), "b");
        Files.writeString(artifacts.resolve("a.tar.gz"), "a");
        Files.writeString(artifacts.resolve(".lock"), "");
        Files.createSymbolicLink(volume.resolve("out"), Path.of("/etc"));
        try (RunningServer server = RunningServer.start(volume, "--directory-listing")) {
            assertThat(server.artifacts("/externalartifact/default/app/").body())
                    .isEqualTo("a.tar.gz\nb.tar.gz\n");
            assertThat(server.artifacts("/externalartifact/default/app").body()).isEqualTo("a.tar.gz\nb.tar.gz\n");
            assertThat(server.artifacts("/").body()).startsWith("externalartifact/\n");
            assertThat(server.artifacts("/externalartifact").body()).isEqualTo("default/\n");
            for (String hidden : new String[] {"/out", "/out/", "/..", "/%2e%2e/", "/none/"}) {
                assertThat(server.artifacts(hidden).statusCode()).as(hidden).isIn(400, 404);
            }
        }
    }

    private static void awaitReady(RunningServer server) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(server.management("/readyz").statusCode()).isEqualTo(200);
            assertThat(server.artifacts("/").statusCode()).isEqualTo(200);
        });
    }

    private static void assertNotReady(RunningServer server, String detail) throws IOException {
        HttpResponse<String> ready = server.management("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains(detail);
        assertUnavailable(server.artifacts("/"));
    }

    private static void assertUnavailable(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(reply.body()).startsWith("503 ");
    }
}
