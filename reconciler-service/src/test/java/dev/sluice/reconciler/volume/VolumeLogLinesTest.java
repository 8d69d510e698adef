package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.toolkit.meta.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the log of the volume maintenance with {@code log-lines.txt}. */
class VolumeLogLinesTest {

    private static final ObjectKey KEY = new ObjectKey("apps", "one");
    private static final Duration NEXT_PASS = Duration.ofHours(6);

    @TempDir
    Path base;

    private VolumeFixture volume;
    private VolumeMaintenance maintenance;
    private Artifact artifact;

    @BeforeEach
    void open() throws Exception {
        volume = new VolumeFixture(base);
        maintenance = volume.maintenance();
        artifact = volume.publish(KEY);
    }

    @Test
    void verificationAndRepair() throws Exception {
        try (GoldenLines lines = lines()) {
            maintenance.tick();
            lines.section("all stored artifacts are intact");
            volume.damage(artifact);
            volume.pass(NEXT_PASS);
            maintenance.tick();
            lines.section("a stored artifact is damaged");
            maintenance.tick();
            lines.section("the artifact is still damaged");
            Files.delete(volume.file(artifact));
            volume.store(KEY);
            maintenance.tick();
            lines.section("the artifact is rebuilt");
            Files.delete(volume.file(artifact));
            volume.pass(NEXT_PASS);
            maintenance.tick();
            lines.section("a stored artifact is missing");
        }
    }

    @Test
    void orphanRemovalAndForeignVolume() throws Exception {
        volume.store(new ObjectKey("apps", "nobodys"));
        try (GoldenLines lines = lines()) {
            maintenance.tick();
            lines.section("first pass");
            volume.pass(VolumeFixture.GRACE);
            maintenance.tick();
            lines.section("an orphan is removed");
            for (int i = 0; i < 20; i++) {
                volume.store(new ObjectKey("theirs", "artifact-" + i));
            }
            volume.published.remove(KEY);
            volume.pass(VolumeFixture.GRACE);
            maintenance.tick();
            lines.section("another cluster's volume");
            volume.pass(VolumeFixture.GRACE);
            maintenance.tick();
            lines.section("still another cluster's volume");
        }
    }

    @Test
    void logsAnOutageInTwoLines() throws Exception {
        volume.store(new ObjectKey("apps", "nobodys"));
        VolumeMaintenance often = volume.maintenanceTicking(Duration.ofMillis(10));
        volume.published.unreachable = true;
        try (GoldenLines lines = lines()) {
            often.start();
            lines.awaitSection("volume maintenance fails", "volume maintenance failed");
            volume.published.unreachable = false;
            lines.awaitSection("volume maintenance recovers", "volume maintenance recovered");
        } finally {
            often.stop(Duration.ofSeconds(30));
        }
    }

    private static GoldenLines lines() {
        return new GoldenLines(VolumeLogLinesTest.class, "dev.sluice.reconciler.volume", "INFO");
    }
}
