package dev.sluice.reconciler.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the later collection of superseded files without another run. */
class SupersededArtifactsTest {

    private static final ObjectKey KEY = new ObjectKey("apps", "one");
    private static final Duration SWEEP = Duration.ofMinutes(31);

    @TempDir
    Path base;

    private VolumeFixture volume;
    private VolumeMaintenance maintenance;
    private Artifact current;
    private Path oldest;
    private Path recent;

    @BeforeEach
    void publish() throws IOException {
        volume = new VolumeFixture(base);
        maintenance = volume.maintenance();
        current = volume.publish(KEY);
        oldest = file("a.tar.gz", Duration.ofHours(2));
        recent = file("b.tar.gz", Duration.ofSeconds(30));
    }

    @Test
    void collectsExpiredFilesAndKeepsTheRetentionRecords() throws Exception {
        maintenance.tick();
        assertThat(oldest).as("superseded 30 seconds ago").exists();

        volume.pass(SWEEP);
        maintenance.tick();

        assertThat(oldest).doesNotExist();
        assertThat(recent).exists();
        assertThat(volume.holds(current)).isTrue();
    }

    @Test
    void ignoresAnEditedStatus() throws Exception {
        volume.published.edited.add(KEY);
        volume.pass(SWEEP);
        maintenance.tick();
        assertThat(oldest).exists();
    }

    @Test
    void ignoresAnArtifactOfAnotherObject() throws Exception {
        volume.published.remove(KEY);
        volume.published.own(new ObjectKey("evil", "one"), current);
        volume.pass(SWEEP);
        maintenance.tick();
        assertThat(oldest).exists();
    }

    @Test
    void theFilesOfOtherShardsAreTheirs() throws Exception {
        volume.published.own.clear();
        volume.pass(SWEEP);
        maintenance.tick();
        assertThat(oldest).exists();
    }

    @Test
    void deletesNothingAfterTheLeaseIsLost() throws Exception {
        maintenance.tick();
        Path temp = file(".tmp-0123456789abcdef01234567", Duration.ofHours(5));
        volume.fence = () -> {
            throw new IOException("no longer the leader");
        };
        volume.pass(SWEEP);

        assertThatIOException().isThrownBy(maintenance::tick).withMessageContaining("no longer the leader");
        assertThat(oldest).exists();
        assertThat(temp).exists();
    }

    private Path file(String name, Duration age) throws IOException {
        Path file = volume.file(current).resolveSibling(name);
        Files.writeString(file, name);
        return Files.setLastModifiedTime(file, FileTime.from(volume.instant().minus(age)));
    }
}
