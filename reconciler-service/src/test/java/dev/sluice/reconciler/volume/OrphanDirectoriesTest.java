package dev.sluice.reconciler.volume;

import static dev.sluice.reconciler.volume.VolumeFixture.GRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanDirectoriesTest {

    private static final ObjectKey KEY = new ObjectKey("apps", "one");
    private static final ObjectKey OTHER = new ObjectKey("infra", "two");

    @TempDir
    Path base;

    private VolumeFixture volume;
    private VolumeMaintenance maintenance;

    @BeforeEach
    void open() {
        volume = new VolumeFixture(base);
        maintenance = volume.maintenance();
    }

    @Test
    void removesAnOrphanAfterTheGracePeriod() throws Exception {
        Artifact orphan = volume.store(KEY);
        Artifact offered = volume.publish(OTHER);

        maintenance.tick();
        volume.pass(GRACE.minusSeconds(1));
        maintenance.tick();
        assertThat(volume.holds(orphan)).isTrue();

        afterGrace();
        assertThat(volume.file(orphan).getParent()).doesNotExist();
        assertThat(volume.holds(offered)).isTrue();
        assertThat(maintenance.stats().orphansRemoved()).isOne();
    }

    @Test
    void restartsTheGracePeriodAfterADirectoryWasInUse() throws Exception {
        Artifact artifact = volume.store(KEY);
        maintenance.tick();
        volume.published.foreign(KEY, artifact);
        volume.pass(GRACE);
        maintenance.tick();
        volume.published.remove(KEY);
        volume.pass(Duration.ofMinutes(31));
        maintenance.tick();

        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void keepsTheDirectoryOfAnObjectMissingFromTheCache() throws Exception {
        Artifact artifact = volume.store(KEY);
        volume.published.unseen(KEY);

        maintenance.tick();
        afterGrace();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void keepsADirectoryThatAnArtifactPathPointsInto() throws Exception {
        Artifact artifact = volume.store(KEY);
        volume.published.foreign(OTHER, artifact);

        maintenance.tick();
        afterGrace();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void waitsForTheCachesToSync() throws Exception {
        Artifact artifact = volume.store(KEY);
        volume.published.synced = false;

        maintenance.tick();
        afterGrace();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void removesNothingAfterAnIncompleteList() throws Exception {
        Artifact artifact = volume.store(KEY);
        maintenance.tick();
        volume.published.unreachable = true;
        volume.pass(GRACE);

        assertThatIOException().isThrownBy(maintenance::tick);
        assertThat(volume.holds(artifact)).isTrue();

        volume.published.unreachable = false;
        maintenance.tick();
        assertThat(volume.holds(artifact)).isFalse();
    }

    @Test
    void checksDirectoriesOfTheWatchedNamespaceOnly() throws Exception {
        Artifact watched = volume.store(KEY);
        Artifact unwatched = volume.store(OTHER);
        volume.published.namespace = KEY.namespace();

        maintenance.tick();
        afterGrace();
        assertThat(volume.holds(watched)).isFalse();
        assertThat(volume.holds(unwatched)).isTrue();
    }

    @Test
    void removesTheCopyOfAnArtifactServedElsewhere() throws Exception {
        maintenance.tick(); // records this shard's address
        Artifact moved = volume.store(KEY);
        volume.published.otherShards(KEY, VolumeFixture.at("other-shard.test", moved));

        sweepTwice();
        assertThat(volume.holds(moved)).isFalse();
        assertThat(volume.published.live).containsKey(KEY);
    }

    @Test
    void keepsAnArtifactOfAnotherShardOnTheSameVolume() throws Exception {
        maintenance.tick();
        volume.maintenanceAt("other-shard.test").tick(); // shares the volume
        Artifact artifact = volume.store(KEY);
        volume.published.otherShards(KEY, VolumeFixture.at("other-shard.test", artifact));

        sweepTwice();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void keepsFilesOfOwnGeneratorsWithAnOldAddress() throws Exception {
        maintenance.tick();
        Artifact artifact = volume.store(KEY);
        volume.published.own(KEY, VolumeFixture.at("before.test", artifact));

        sweepTwice();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void adoptsTheAddressesOfAReferenceVolume() throws Exception {
        Artifact artifact = volume.store(KEY);
        volume.published.otherShards(KEY, VolumeFixture.at("source-watcher.flux-system.svc.cluster.local.", artifact));

        maintenance.tick();
        sweepTwice();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void removesTempFilesOfKilledProcesses() throws Exception {
        Artifact artifact = volume.publish(KEY);
        Path temp = volume.file(artifact).resolveSibling(".tmp-0123456789abcdef01234567");
        Files.writeString(temp, "half");
        Files.setLastModifiedTime(temp, FileTime.from(volume.instant().minus(Duration.ofMinutes(61))));

        maintenance.tick();
        assertThat(temp).doesNotExist();
        assertThat(volume.holds(artifact)).isTrue();
        assertThat(maintenance.stats().tempFilesRemoved()).isOne();
    }

    @Test
    void keepsArtifactsOfOtherControllers() throws Exception {
        maintenance.tick();
        Artifact artifact = volume.store(KEY);
        volume.published.foreign(KEY, VolumeFixture.at("release-controller.test", artifact));

        sweepTwice();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void keepsADirectoryWithARecentFile() throws Exception {
        Artifact artifact = volume.store(KEY);
        maintenance.tick();
        volume.pass(GRACE);
        volume.touch(artifact); // written, but not published yet
        maintenance.tick();
        assertThat(volume.holds(artifact)).isTrue();

        afterGrace();
        assertThat(volume.holds(artifact)).isFalse();
    }

    @Test
    void removesNothingFromAnotherClustersVolume() throws Exception {
        List<Artifact> theirs = storeMany(10);
        try (Warnings warnings = Warnings.of(OrphanDirectories.class)) {
            maintenance.tick();
            sweepTwice();
            assertThat(warnings.messages())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("no ExternalArtifact of this cluster points at this volume");
        }
        assertThat(theirs).allMatch(this::isThere);

        volume.publish(OTHER); // belongs to this cluster after all
        afterGrace();
        assertThat(theirs).allMatch(this::isThere);
        afterGrace();
        assertThat(theirs).noneMatch(this::isThere);
    }

    @Test
    void removesAFewOrphansWithoutSuspectingAnotherCluster() throws Exception {
        List<Artifact> orphans = storeMany(9);
        maintenance.tick();

        afterGrace();
        assertThat(orphans).noneMatch(this::isThere);
    }

    @Test
    void removesCopiesIfAllArtifactsAreServedElsewhere() throws Exception {
        maintenance.tick();
        List<Artifact> moved = storeMany(10);
        moved.forEach(artifact -> volume.published.otherShards(
                ArtifactDirectories.of(artifact).orElseThrow(), VolumeFixture.at("other-shard.test", artifact)));

        sweepTwice();
        assertThat(moved).noneMatch(this::isThere);
    }

    private List<Artifact> storeMany(int count) throws IOException {
        List<Artifact> stored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stored.add(volume.store(new ObjectKey("many", "n" + i)));
        }
        return stored;
    }

    private boolean isThere(Artifact artifact) {
        return Files.exists(base.resolve(artifact.path()));
    }

    private void sweepTwice() throws IOException, InterruptedException {
        afterGrace();
        afterGrace();
    }

    private void afterGrace() throws IOException, InterruptedException {
        volume.pass(GRACE);
        maintenance.tick();
    }
}
