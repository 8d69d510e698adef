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
    private VolumeMaintenance keeper;
    private Artifact artifact;

    @BeforeEach
    void open() throws Exception {
        volume = new VolumeFixture(base);
        keeper = volume.keeper();
        artifact = volume.publish(KEY);
    }

    @Test
    void theFirstPassReadsEverythingAndTellsWhatIsDamagedOrGone() throws Exception {
        Artifact gone = volume.publish(OTHER);
        volume.damage(artifact);
        Files.delete(volume.file(gone));

        keeper.tick();

        VolumeStats stats = keeper.stats();
        assertThat(stats.verified()).isZero();
        assertThat(stats.corrupted()).isOne();
        assertThat(stats.missing()).isOne();
        assertThat(stats.broken()).isEqualTo(2);
        assertThat(volume.requeued).containsExactlyInAnyOrder(KEY, OTHER);
    }

    @Test
    void whatIsWholeAgainCountsAsRepaired() throws Exception {
        volume.damage(artifact);
        keeper.tick();
        Files.delete(volume.file(artifact));
        volume.store(KEY);

        keeper.tick();

        assertThat(keeper.stats().repaired()).isOne();
        assertThat(keeper.stats().broken()).isZero();
    }

    @Test
    void whatIsNotOfferedAnyMoreIsNotBroken() throws Exception {
        volume.damage(artifact);
        keeper.tick();
        volume.published.remove(KEY);

        keeper.tick();

        assertThat(keeper.stats().repaired()).isZero();
        assertThat(keeper.stats().broken()).isZero();
    }

    @Test
    void everySixHoursTrustedFilesAreReadToo() throws Exception {
        keeper.tick();
        FileTime time = Files.getLastModifiedTime(volume.file(artifact));
        Files.writeString(volume.file(artifact), "CONTENT OF " + KEY);
        Files.setLastModifiedTime(volume.file(artifact), time);
        volume.pass(Duration.ofHours(6).minusSeconds(1));
        keeper.tick();
        assertThat(keeper.stats().corrupted()).isZero();

        volume.pass(Duration.ofSeconds(1));
        keeper.tick();

        assertThat(keeper.stats().corrupted()).isOne();
        assertThat(volume.requeued).containsExactly(KEY);
    }

    @Test
    void theFilesOfOtherShardsAreTheirs() throws Exception {
        volume.published.own.clear();
        volume.damage(artifact);

        keeper.tick();

        assertThat(keeper.stats().broken()).isZero();
        assertThat(volume.requeued).isEmpty();
    }

    @Test
    void whatAStatusSaysOfAFileOfAnotherObjectOrInAnotherHandIsNoNewsOfTheVolume() throws Exception {
        Artifact other = volume.publish(OTHER);
        volume.published.own(KEY, other.withDigest("sha256:" + "0".repeat(64)));
        volume.published.own(OTHER, other.withDigest("sha256:" + "0".repeat(64)));
        volume.published.edited.add(OTHER);

        keeper.tick();

        assertThat(keeper.stats().broken()).isZero();
        assertThat(keeper.stats().corrupted()).isZero();
        assertThat(volume.requeued).isEmpty();
    }

    @Test
    void whatIsNoLongerThisShardsIsBrokenNoLonger() throws Exception {
        volume.damage(artifact);
        keeper.tick();
        assertThat(keeper.stats().broken()).isOne();
        volume.published.own.clear();

        keeper.tick();

        assertThat(keeper.stats().broken()).isZero();
    }

    /** Whoever may write objects of the namespace makes one with the label, and a finalizer or a pause that keeps it. */
    @Test
    void whatItsGeneratorDoesNotClaimIsNotBrokenAndAsksForARunAllTheSame() throws Exception {
        volume.published.disclaimed.add(KEY);
        volume.damage(artifact);

        keeper.tick();

        assertThat(keeper.stats().broken()).isZero();
        assertThat(keeper.stats().corrupted()).isZero();
        assertThat(volume.requeued).containsExactly(KEY);
    }

    @Test
    void whatItsGeneratorClaimsNoLongerIsBrokenNoLonger() throws Exception {
        volume.damage(artifact);
        keeper.tick();
        assertThat(keeper.stats().broken()).isOne();
        volume.published.disclaimed.add(KEY);

        keeper.tick();

        assertThat(keeper.stats().broken()).isZero();
        assertThat(keeper.stats().repaired()).isZero();
    }

    @Test
    void aLongPassDoesNotKeepTheRestOfTheCareWaiting() throws Exception {
        for (int i = 0; i < 100; i++) {
            ObjectKey key = new ObjectKey("many", "n" + i);
            volume.publish(key);
        }
        Artifact orphan = volume.store(OTHER);
        List<Boolean> seen = new ArrayList<>();
        keeper = volume.keeper(took -> seen.add(Files.exists(base.resolve(orphan.path()))));
        keeper.tick();
        volume.pass(Duration.ofHours(6));
        seen.clear();

        keeper.tick();
        assertThat(seen).hasSize(101).startsWith(true).endsWith(false);
    }

    @Test
    void thePassIsReportedWithItsTime() throws Exception {
        assertThat(keeper.stats().lastVerification()).isNull();
        keeper.tick();
        assertThat(keeper.stats().lastVerification()).isEqualTo(volume.instant());
        assertThat(keeper.stats().verified()).isOne();
    }

    @Test
    void itEndsWhenItIsAskedTo() {
        keeper.start();
        keeper.start();
        assertThat(keeper.stop(Duration.ofSeconds(30))).isTrue();
        assertThat(keeper.stop(Duration.ZERO)).isTrue();
    }
}
