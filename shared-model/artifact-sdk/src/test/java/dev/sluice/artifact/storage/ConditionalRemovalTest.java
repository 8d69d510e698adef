package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.artifact;
import static dev.sluice.artifact.storage.StorageFixture.storage;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory is moved away before the check, and moved back if the check refuses. */
class ConditionalRemovalTest {

    @TempDir
    Path base;

    private ArtifactStorage storage;
    private Artifact stored;
    private Path own;

    @BeforeEach
    void store() throws IOException {
        storage = storage(base);
        stored = storage.copy(artifact(storage, "a.tar.gz"), stream("a"));
        storage.copy(artifact(storage, "b.tar.gz"), stream("b"));
        own = base.resolve("externalartifact/default/app");
    }

    @Test
    void removesAnUnwantedDirectory() throws IOException {
        assertThat(storage.removeAllIf(stored, () -> {
                    assertThat(own).doesNotExist();
                    return true;
                }))
                .isTrue();
        assertOnlyFiles();
    }

    @Test
    void restoresAWantedDirectoryOrIfTheCheckFails() throws IOException {
        Object inode = Files.getAttribute(own.resolve("a.tar.gz"), "unix:ino");

        assertThat(storage.removeAllIf(stored, () -> false)).isFalse();
        assertThatIOException()
                .isThrownBy(() -> storage.removeAllIf(stored, () -> {
                    throw new IOException("the API server is unavailable");
                }));

        assertThat(Files.getAttribute(own.resolve("a.tar.gz"), "unix:ino")).isEqualTo(inode);
        assertThat(own.resolve("b.tar.gz")).exists();
        assertOnlyFiles("app");
    }

    /** On a file system without locks, or by another host whose locks are not visible. */
    @Test
    void restoresTheDirectoryNextToFilesWrittenMeanwhile() throws IOException {
        storage.removeAllIf(stored, () -> {
            Files.createDirectory(own);
            Files.writeString(own.resolve("a.tar.gz"), "written meanwhile");
            return false;
        });

        assertThat(own.resolve("a.tar.gz")).hasContent("written meanwhile");
        assertThat(own.resolve("b.tar.gz")).hasContent("b");
        assertOnlyFiles("app");
    }

    @Test
    void keepsFilesWrittenDuringTheRemoval() throws IOException {
        storage.removeAllIf(stored, () -> {
            Files.createDirectory(own);
            Files.writeString(own.resolve("a.tar.gz"), "written meanwhile");
            return true;
        });

        assertThat(own.resolve("a.tar.gz")).exists();
        assertThat(own.resolve("b.tar.gz")).doesNotExist();
        assertOnlyFiles("app");
    }

    @Test
    void aWriterThatWaitedForTheLockRecreatesTheDirectory() throws Exception {
        Thread[] writer = new Thread[1];
        storage.removeAllIf(stored, () -> {
            writer[0] = new Thread(() -> {
                try {
                    storage.copy(stored, stream("a"));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer[0].start();
            return true;
        });
        writer[0].join(Duration.ofSeconds(30).toMillis());

        storage.verify(stored);
    }

    @Test
    void removesDirectoriesOfKilledProcessesAfterAnHour() throws IOException {
        Path left = own.resolveSibling(StoredNames.newTemp());
        Files.createDirectories(left.resolve("sub"));
        Files.writeString(left.resolve("1.tar.gz"), "x");
        StoredDirectories directories = new StoredDirectories(base, StorageFixture.CLOCK);
        Files.setLastModifiedTime(left, FileTime.from(StorageFixture.NOW.minus(Duration.ofMinutes(59))));
        assertThat(directories.removeStaleDirectories("ExternalArtifact", "default"))
                .isZero();

        Files.setLastModifiedTime(left, FileTime.from(StorageFixture.NOW.minus(Duration.ofMinutes(61))));
        assertThat(directories.removeStaleDirectories("ExternalArtifact", "default"))
                .isOne();

        assertThat(left).doesNotExist();
        storage.verify(stored);
    }

    @Test
    void doesNotCallTheCheckForAMissingDirectory() throws IOException {
        storage.removeAll(stored);

        assertThat(storage.removeAllIf(stored, () -> {
                    throw new IOException("not asked");
                }))
                .isTrue();
    }

    private void assertOnlyFiles(String... names) throws IOException {
        try (Stream<Path> left = Files.list(base.resolve("externalartifact/default"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly(names);
        }
    }
}
