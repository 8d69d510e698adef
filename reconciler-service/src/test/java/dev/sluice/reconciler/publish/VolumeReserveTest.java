package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that one namespace cannot fill the volume. */
class VolumeReserveTest {

    private static final ObjectKey GREEDY = new ObjectKey("greedy", "a");
    private static final ObjectKey MODEST = new ObjectKey("modest", "a");

    @TempDir
    Path temporary;

    private StorageFixture fixture;
    private final Disk disk = new Disk();

    /** A volume of a million bytes with configurable usage. */
    private static final class Disk implements VolumeReserve.Space {

        private long usable = 1_000_000;

        @Override
        public long total() {
            return 1_000_000;
        }

        @Override
        public long usable() {
            return usable;
        }
    }

    @BeforeEach
    void fill() throws IOException {
        fixture = StorageFixture.in(temporary);
        store("greedy/a/1.tar.gz", 600_000);
        store("modest/a/1.tar.gz", 10_000);
    }

    @Test
    void allowsAllWritesAboveTheReserve() throws IOException {
        disk.usable = 390_000;
        VolumeReserve reserve = fixture.reserve(10, disk);

        assertThatCode(() -> reserve.take(GREEDY, 290_000)).doesNotThrowAnyException();
    }

    @Test
    void keepsTheReserveForNamespacesBelowTheirShare() throws IOException {
        disk.usable = 90_000;
        VolumeReserve reserve = fixture.reserve(10, disk);

        reserve.take(MODEST, 50_000).release();
        assertThatThrownBy(() -> reserve.take(GREEDY, 1))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the volume is nearly full: 90000 of 1000000 bytes are left, and the last 10 percent are reserved for"
                                + " namespaces that use less than their equal share of 500000 bytes; namespace 'greedy' uses"
                                + " 600000 and needs up to 1 more; publish less, enlarge the volume, or lower --volume-reserve");
        assertThatThrownBy(() -> reserve.take(MODEST, 490_001))
                .as("it would exceed the namespace's share")
                .isInstanceOf(IOException.class);
    }

    @Test
    void countsWritesInProgress() throws IOException {
        disk.usable = 300_000;
        VolumeReserve reserve = fixture.reserve(10, disk);

        VolumeReserve.Room first = reserve.take(GREEDY, 150_000);
        assertThatThrownBy(() -> reserve.take(GREEDY, 60_000)).isInstanceOf(IOException.class);
        first.release();
        first.release(); // releases nothing twice

        reserve.take(GREEDY, 200_000);
        assertThatThrownBy(() -> reserve.take(GREEDY, 60_000)).isInstanceOf(IOException.class);
    }

    @Test
    void allowsAllWritesWithoutAReserve() throws IOException {
        disk.usable = 1;
        VolumeReserve none = fixture.reserve(0, disk);

        assertThatCode(() -> none.take(GREEDY, 1_000)).doesNotThrowAnyException();
    }

    @Test
    void doesNotWriteAnArtifactThatExceedsTheShare() throws IOException {
        disk.usable = 40_000;
        ArtifactStore store = fixture.store(fixture.reserve(5, disk));
        FileTree tree = random(1_000);

        assertThatThrownBy(() -> store.store(GREEDY, tree, null)).hasMessageStartingWith("the volume is nearly full");
        assertThat(fixture.file(store.store(MODEST, tree, null).artifact())).exists();
        try (var files = Files.list(temporary.resolve("storage/externalartifact/greedy/a"))) {
            assertThat(files).hasSize(1);
        }
    }

    private static FileTree random(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        return FileTree.builder()
                .putFile(TreePath.of("a.bin"), FileEntry.of(false, content))
                .build();
    }

    private void store(String path, int bytes) throws IOException {
        Path file = temporary.resolve("storage/externalartifact").resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, new byte[bytes]);
    }
}
