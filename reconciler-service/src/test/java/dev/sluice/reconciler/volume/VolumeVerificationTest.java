package dev.sluice.reconciler.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeVerificationTest {

    private static final ObjectKey KEY = new ObjectKey("apps", "one");
    private static final ObjectKey OTHER = new ObjectKey("apps", "two");

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
    void theFirstPassReportsDamagedAndMissingFiles() throws Exception {
        Artifact gone = volume.publish(OTHER);
        volume.damage(artifact);
        Files.delete(volume.file(gone));

        maintenance.tick();

        VolumeStats stats = maintenance.stats();
        assertThat(stats.verified()).isZero();
        assertThat(stats.corrupted()).isOne();
        assertThat(stats.missing()).isOne();
        assertThat(stats.broken()).isEqualTo(2);
        assertThat(volume.requeued).containsExactlyInAnyOrder(KEY, OTHER);
    }

    @Test
    void countsRepairedArtifacts() throws Exception {
        volume.damage(artifact);
        maintenance.tick();
        Files.delete(volume.file(artifact));
        volume.store(KEY);

        maintenance.tick();

        assertThat(maintenance.stats().repaired()).isOne();
        assertThat(maintenance.stats().broken()).isZero();
    }

    @Test
    void forgetsBrokenArtifactsThatAreNoLongerPublished() throws Exception {
        volume.damage(artifact);
        maintenance.tick();
        volume.published.remove(KEY);

        maintenance.tick();

        assertThat(maintenance.stats().repaired()).isZero();
        assertThat(maintenance.stats().broken()).isZero();
    }

    @Test
    void rereadsTrustedFilesEverySixHours() throws Exception {
        maintenance.tick();
        FileTime time = Files.getLastModifiedTime(volume.file(artifact));
        Files.writeString(volume.file(artifact), "CONTENT OF " + KEY);
        Files.setLastModifiedTime(volume.file(artifact), time);
        volume.pass(Duration.ofHours(6).minusSeconds(1));
        maintenance.tick();
        assertThat(maintenance.stats().corrupted()).isZero();

        volume.pass(Duration.ofSeconds(1));
        maintenance.tick();

        assertThat(maintenance.stats().corrupted()).isOne();
        assertThat(volume.requeued).containsExactly(KEY);
    }

    @Test
    void theFilesOfOtherShardsAreTheirs() throws Exception {
        volume.published.own.clear();
        volume.damage(artifact);

        maintenance.tick();

        assertThat(maintenance.stats().broken()).isZero();
        assertThat(volume.requeued).isEmpty();
    }

    @Test
    void ignoresEditedStatusesAndPathsOfOtherObjects() throws Exception {
        Artifact other = volume.publish(OTHER);
        volume.published.own(KEY, other.withDigest("sha256:" + "0".repeat(64)));
        volume.published.own(OTHER, other.withDigest("sha256:" + "0".repeat(64)));
        volume.published.edited.add(OTHER);

        maintenance.tick();

        assertThat(maintenance.stats().broken()).isZero();
        assertThat(maintenance.stats().corrupted()).isZero();
        assertThat(volume.requeued).isEmpty();
    }

    @Test
    void forgetsBrokenArtifactsOfOtherShards() throws Exception {
        volume.damage(artifact);
        maintenance.tick();
        assertThat(maintenance.stats().broken()).isOne();
        volume.published.own.clear();

        maintenance.tick();

        assertThat(maintenance.stats().broken()).isZero();
    }

    /**
     * Anybody with write access to the namespace can create such an object, with a finalizer or a suspension that keeps
     * it.
     */
    @Test
    void requeuesButDoesNotCountUnclaimedArtifacts() throws Exception {
        volume.published.disclaimed.add(KEY);
        volume.damage(artifact);

        maintenance.tick();

        assertThat(maintenance.stats().broken()).isZero();
        assertThat(maintenance.stats().corrupted()).isZero();
        assertThat(volume.requeued).containsExactly(KEY);
    }

    @Test
    void forgetsBrokenArtifactsThatAreNoLongerClaimed() throws Exception {
        volume.damage(artifact);
        maintenance.tick();
        assertThat(maintenance.stats().broken()).isOne();
        volume.published.disclaimed.add(KEY);

        maintenance.tick();

        assertThat(maintenance.stats().broken()).isZero();
        assertThat(maintenance.stats().repaired()).isZero();
    }

    @Test
    void runsOtherTasksDuringALongPass() throws Exception {
        for (int i = 0; i < 100; i++) {
            ObjectKey key = new ObjectKey("many", "n" + i);
            volume.publish(key);
        }
        Artifact orphan = volume.store(OTHER);
        List<Boolean> seen = new ArrayList<>();
        maintenance = volume.maintenance(took -> seen.add(Files.exists(base.resolve(orphan.path()))));
        maintenance.tick();
        volume.pass(Duration.ofHours(6));
        seen.clear();

        maintenance.tick();
        assertThat(seen).hasSize(101).startsWith(true).endsWith(false);
    }

    @Test
    void reportsTheTimeOfTheLastPass() throws Exception {
        assertThat(maintenance.stats().lastVerification()).isNull();
        maintenance.tick();
        assertThat(maintenance.stats().lastVerification()).isEqualTo(volume.instant());
        assertThat(maintenance.stats().verified()).isOne();
    }

    @Test
    void stopsOnRequest() {
        maintenance.start();
        maintenance.start();
        assertThat(maintenance.stop(Duration.ofSeconds(30))).isTrue();
        assertThat(maintenance.stop(Duration.ZERO)).isTrue();
    }
}
