package dev.sluice.server.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.server.ArtifactServerSettings;
import dev.sluice.server.RecordedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged about the volume, against {@code log-lines.txt}. */
class VolumeLogLinesTest {

    @TempDir
    Path temporary;

    private Path base;
    private ArtifactServerSettings settings;

    @BeforeEach
    void makeVolume() throws IOException {
        base = Files.createDirectory(temporary.resolve("volume"));
        settings = new ArtifactServerSettings(base, false, 0);
    }

    @Test
    void everyChangeOfTheVolumeIsOneLine() throws IOException {
        VolumeWatch watch = new VolumeWatch(settings, new ServedFiles(base));
        try (RecordedLog log = new RecordedLog(VolumeWatch.class, "INFO")) {
            assertThat(refreshed(watch, log)).isEqualTo(RecordedLog.golden("an empty mount point"));
            identify("first");
            assertThat(refreshed(watch, log)).isEqualTo(RecordedLog.golden("the volume is there"));
            assertThat(refreshed(watch, log)).isEmpty();
            identify("second");
            assertThat(refreshed(watch, log)).isEqualTo(RecordedLog.golden("another volume in its place"));
            Files.delete(base.resolve(".sluice-volume"));
            Files.delete(base);
            assertThat(refreshed(watch, log)).isEqualTo(RecordedLog.golden("the directory is gone"));
        }
    }

    @Test
    void aFailedScanIsToldAtDebugOnly() throws IOException {
        StorageScan scan = new StorageScan(settings, new SimpleMeterRegistry());
        Files.delete(base);
        try (RecordedLog log = new RecordedLog(StorageScan.class, "INFO")) {
            scan.scan();
            assertThat(log.take()).isEmpty();
        }
        try (RecordedLog log = new RecordedLog(StorageScan.class, "DEBUG")) {
            scan.scan();
            assertThat(log.take()).isEqualTo(RecordedLog.golden("a scan fails, at debug"));
        }
    }

    private static String refreshed(VolumeWatch watch, RecordedLog log) {
        watch.refresh();
        return log.take();
    }

    private void identify(String id) throws IOException {
        Files.writeString(base.resolve(".sluice-volume"), "id=%s\nlayout=1\n".formatted(id));
    }
}
