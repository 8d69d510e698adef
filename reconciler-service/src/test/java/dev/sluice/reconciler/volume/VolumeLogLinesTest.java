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

/** What is logged of the care for the volume, against {@code log-lines.txt}. */
class VolumeLogLinesTest {

    private static final ObjectKey KEY = new ObjectKey("apps", "one");
    private static final Duration NEXT_PASS = Duration.ofHours(6);

    @TempDir
    Path base;

    private VolumeFixture volume;
    private VolumeMaintenance keeper;
    private Artifact artifact;

    @BeforeEach
    void open() throws Exception {
        volume = new VolumeFixture(base);
        keeper = volume.keeper();
        artifact = volume.publish(KEY);
    }

    @Test
    void verificationAndRepair() throws Exception {
        try (GoldenLines lines = lines()) {
            keeper.tick();
            lines.section("all stored artifacts are whole");
            volume.damage(artifact);
            volume.pass(NEXT_PASS);
            keeper.tick();
            lines.section("a stored artifact is damaged");
            keeper.tick();
            lines.section("and still is");
            Files.delete(volume.file(artifact));
            volume.store(KEY);
            keeper.tick();
            lines.section("it is built again");
            Files.delete(volume.file(artifact));
            volume.pass(NEXT_PASS);
            keeper.tick();
            lines.section("a stored artifact is gone");
        }
    }

    @Test
    void orphansGoAndAnotherClustersFilesStay() throws Exception {
        volume.store(new ObjectKey("apps", "nobodys"));
        try (GoldenLines lines = lines()) {
            keeper.tick();
            lines.section("what was found at first");
            volume.pass(VolumeFixture.GRACE);
            keeper.tick();
            lines.section("an orphan goes");
            for (int i = 0; i < 20; i++) {
                volume.store(new ObjectKey("theirs", "artifact-" + i));
            }
            volume.published.remove(KEY);
            volume.pass(VolumeFixture.GRACE);
            keeper.tick();
            lines.section("another cluster's volume");
            volume.pass(VolumeFixture.GRACE);
            keeper.tick();
            lines.section("and still another cluster's");
        }
    }

    @Test
    void anOutageIsTwoLines() throws Exception {
        volume.store(new ObjectKey("apps", "nobodys"));
        VolumeMaintenance often = volume.keeperTicking(Duration.ofMillis(10));
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
