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
    private VolumeMaintenance keeper;

    @BeforeEach
    void open() {
        volume = new VolumeFixture(base);
        keeper = volume.keeper();
    }

    @Test
    void aDirectoryThatNothingPointsAtGoesAfterTheGracePeriod() throws Exception {
        Artifact orphan = volume.store(KEY);
        Artifact offered = volume.publish(OTHER);

        keeper.tick();
        volume.pass(GRACE.minusSeconds(1));
        keeper.tick();
        assertThat(volume.holds(orphan)).isTrue();

        afterGrace();
        assertThat(volume.file(orphan).getParent()).doesNotExist();
        assertThat(volume.holds(offered)).isTrue();
        assertThat(keeper.stats().orphansRemoved()).isOne();
    }

    @Test
    void theGracePeriodBeginsAnewWhenTheDirectoryWasInUseMeanwhile() throws Exception {
        Artifact artifact = volume.store(KEY);
        keeper.tick();
        volume.published.foreign(KEY, artifact);
        volume.pass(GRACE);
        keeper.tick();
        volume.published.remove(KEY);
        volume.pass(Duration.ofMinutes(31));
        keeper.tick();

        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void anObjectThatTheCacheLacksKeepsItsDirectory() throws Exception {
        Artifact artifact = volume.store(KEY);
        volume.published.unseen(KEY);

        keeper.tick();
        afterGrace();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void aPathInTheDirectoryCountsWhateverTheObjectIsCalled() throws Exception {
        Artifact artifact = volume.store(KEY);
        volume.published.foreign(OTHER, artifact);

        keeper.tick();
        afterGrace();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void nothingIsJudgedBeforeTheCachesAreFilled() throws Exception {
        Artifact artifact = volume.store(KEY);
        volume.published.synced = false;

        keeper.tick();
        afterGrace();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void nothingIsRemovedWhenTheListBreaksOff() throws Exception {
        Artifact artifact = volume.store(KEY);
        keeper.tick();
        volume.published.unreachable = true;
        volume.pass(GRACE);

        assertThatIOException().isThrownBy(keeper::tick);
        assertThat(volume.holds(artifact)).isTrue();

        volume.published.unreachable = false;
        keeper.tick();
        assertThat(volume.holds(artifact)).isFalse();
    }

    @Test
    void onlyTheDirectoriesOfTheNamespaceThatIsWatchedAreJudged() throws Exception {
        Artifact watched = volume.store(KEY);
        Artifact unwatched = volume.store(OTHER);
        volume.published.namespace = KEY.namespace();

        keeper.tick();
        afterGrace();
        assertThat(volume.holds(watched)).isFalse();
        assertThat(volume.holds(unwatched)).isTrue();
    }

    @Test
    void ofWhatAnotherShardOffersElsewhereTheCopyGoes() throws Exception {
        keeper.tick(); // the volume is known as this shard's own
        Artifact moved = volume.store(KEY);
        volume.published.otherShards(KEY, VolumeFixture.at("other-shard.test", moved));

        sweepTwice();
        assertThat(volume.holds(moved)).isFalse();
        assertThat(volume.published.live).containsKey(KEY);
    }

    @Test
    void whatAnotherShardOffersFromTheSameVolumeStays() throws Exception {
        keeper.tick();
        volume.keeperAt("other-shard.test").tick(); // it shares the volume
        Artifact artifact = volume.store(KEY);
        volume.published.otherShards(KEY, VolumeFixture.at("other-shard.test", artifact));

        sweepTwice();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void theFilesOfAnOwnGeneratorStayWhileItStillOffersAnOldAddress() throws Exception {
        keeper.tick();
        Artifact artifact = volume.store(KEY);
        volume.published.own(KEY, VolumeFixture.at("before.test", artifact));

        sweepTwice();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void onAVolumeOfTheReferenceWhateverAddressOffersItsFilesIsThatOfTheVolume() throws Exception {
        Artifact artifact = volume.store(KEY);
        volume.published.otherShards(KEY, VolumeFixture.at("source-watcher.flux-system.svc.cluster.local.", artifact));

        keeper.tick();
        sweepTwice();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void tempFilesOfKilledProcessesGo() throws Exception {
        Artifact artifact = volume.publish(KEY);
        Path temp = volume.file(artifact).resolveSibling(".tmp-0123456789abcdef01234567");
        Files.writeString(temp, "half");
        Files.setLastModifiedTime(temp, FileTime.from(volume.instant().minus(Duration.ofMinutes(61))));

        keeper.tick();
        assertThat(temp).doesNotExist();
        assertThat(volume.holds(artifact)).isTrue();
        assertThat(keeper.stats().tempFilesRemoved()).isOne();
    }

    @Test
    void whatAnotherControllerOffersUnderAnAddressOfItsOwnStays() throws Exception {
        keeper.tick();
        Artifact artifact = volume.store(KEY);
        volume.published.foreign(KEY, VolumeFixture.at("release-controller.test", artifact));

        sweepTwice();
        assertThat(volume.holds(artifact)).isTrue();
    }

    @Test
    void aDirectoryThatAnotherProcessHasJustWrittenToStays() throws Exception {
        Artifact artifact = volume.store(KEY);
        keeper.tick();
        volume.pass(GRACE);
        volume.touch(artifact); // and it waits until the file is served, before it publishes
        keeper.tick();
        assertThat(volume.holds(artifact)).isTrue();

        afterGrace();
        assertThat(volume.holds(artifact)).isFalse();
    }

    @Test
    void nothingIsRemovedFromAVolumeThatIsAnotherClusters() throws Exception {
        List<Artifact> theirs = storeMany(10);
        try (Warnings warnings = Warnings.of(OrphanDirectories.class)) {
            keeper.tick();
            sweepTwice();
            assertThat(warnings.messages())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("no ExternalArtifact of this cluster points at this volume");
        }
        assertThat(theirs).allMatch(this::isThere);

        volume.publish(OTHER); // it was this cluster's after all
        afterGrace();
        assertThat(theirs).allMatch(this::isThere);
        afterGrace();
        assertThat(theirs).noneMatch(this::isThere);
    }

    @Test
    void aFewDirectoriesThatNothingPointsAtAreNoOtherCluster() throws Exception {
        List<Artifact> orphans = storeMany(9);
        keeper.tick();

        afterGrace();
        assertThat(orphans).noneMatch(this::isThere);
    }

    @Test
    void copiesGoThoughAllIsOfferedElsewhere() throws Exception {
        keeper.tick();
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
        keeper.tick();
    }
}
