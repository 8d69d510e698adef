package dev.sluice.server.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.server.ArtifactServerSettings;
import dev.sluice.server.RunningServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the log lines about the volume with {@code log-lines.txt}. */
class VolumeLogLinesTest {

    @TempDir
    Path temporary;

    private Path base;
    private ArtifactServerSettings settings;

    @BeforeEach
    void createVolume() throws IOException {
        base = Files.createDirectory(temporary.resolve("volume"));
        settings = new ArtifactServerSettings(base, false, 0, Duration.ofMinutes(1));
    }

    @Test
    void everyChangeOfTheVolumeIsLoggedOnce() throws IOException {
        VolumeWatch watch = new VolumeWatch(settings, new ServedFiles(base));
        try (GoldenLines lines = lines(VolumeWatch.class, "INFO")) {
            watch.refresh();
            lines.section("an empty mount point");
            identify("first");
            watch.refresh();
            lines.section("the volume is available");
            watch.refresh();
            assertThat(lines.take()).isEmpty();
            identify("second");
            watch.refresh();
            lines.section("the volume is replaced");
            Files.delete(base.resolve(".sluice-volume"));
            Files.delete(base);
            watch.refresh();
            lines.section("the directory is removed");
        }
    }

    @Test
    void aFailedScanIsLoggedAtDebug() throws IOException {
        StorageScan scan = new StorageScan(settings, new SimpleMeterRegistry());
        Files.delete(base);
        try (GoldenLines lines = lines(StorageScan.class, "INFO")) {
            scan.scan();
            assertThat(lines.take()).isEmpty();
        }
        try (GoldenLines lines = lines(StorageScan.class, "DEBUG")) {
            scan.scan();
            lines.section("a scan fails, at debug");
        }
    }

    private static GoldenLines lines(Class<?> logger, String level) {
        return new GoldenLines(RunningServer.class, logger.getName(), level);
    }

    private void identify(String id) throws IOException {
        Files.writeString(base.resolve(".sluice-volume"), "id=%s\nlayout=1\n".formatted(id));
    }
}
