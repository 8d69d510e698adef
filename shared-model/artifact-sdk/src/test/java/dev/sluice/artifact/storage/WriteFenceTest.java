package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.artifact;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteFenceTest {

    @TempDir
    Path base;

    private boolean closed;
    private ArtifactStorage storage;
    private Artifact stored;

    @BeforeEach
    void store() throws IOException {
        storage = new ArtifactStorage(
                StorageOptions.of(base, StorageFixture.ADDRESS), StorageFixture.CLOCK, this::refuseIfClosed);
        stored = storage.copy(artifact(storage, "a.tar.gz"), stream("content"));
        storage.copy(artifact(storage, "b.tar.gz"), stream("b"));
        storage.copy(artifact(storage, "c.tar.gz"), stream("c"));
        age("a.tar.gz", Duration.ofMinutes(5));
        age("b.tar.gz", Duration.ofDays(1));
        age("c.tar.gz", Duration.ofDays(2));
        closed = true;
    }

    private void age(String name, Duration age) throws IOException {
        Files.setLastModifiedTime(
                storage.localPath(artifact(storage, name)), FileTime.from(StorageFixture.NOW.minus(age)));
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("not now");
        }
    }

    @Test
    void aClosedFencePreventsWritesAndLeavesNoTemporaryFile() throws IOException {
        assertRefused(() -> storage.copy(artifact(storage, "new.tar.gz"), stream("new")));
        assertRefused(() -> storage.archive(artifact(storage, "tree.tar.gz"), StorageFixture.tree("x")));
        assertRefused(() -> storage.symlink(stored, "latest.tar.gz"));
    }

    @Test
    void aClosedFencePreventsDeletions() throws IOException {
        assertRefused(() -> storage.remove(stored));
        assertRefused(() -> storage.removeAll(stored));
        assertRefused(() -> storage.removeAllButCurrent(stored));
        assertRefused(() -> storage.collectGarbage(stored, Duration.ofSeconds(5)));
    }

    @Test
    void aClosedFencePreventsChangesOfTimeAndMode() throws IOException {
        assertRefused(() -> storage.copy(stored, stream("is not read")));
        assertRefused(() -> storage.markCurrent(stored));
        assertRefused(() -> storage.makeDirectory(artifact(storage, "a.tar.gz")));
    }

    @Test
    void aClosedFenceKeepsStaleTemporaryFiles() throws IOException {
        Path directory = Objects.requireNonNull(storage.localPath(stored).getParent());
        Path stale = Files.writeString(directory.resolve(StoredNames.newTemp()), "x");
        Files.setLastModifiedTime(stale, FileTime.from(Instant.EPOCH));
        StoredDirectories directories = new StoredDirectories(base, StorageFixture.CLOCK, this::refuseIfClosed);

        assertThatIOException()
                .isThrownBy(() -> directories.removeStaleTempFiles("ExternalArtifact", "default", "app"));
        assertThat(stale).exists();
    }

    @Test
    void aClosedFencePreventsTheVolumeIdentity() {
        assertThatIOException().isThrownBy(() -> VolumeIdentity.readOrCreate(base, this::refuseIfClosed));
        assertThat(base.resolve(VolumeIdentity.FILE_NAME)).doesNotExist();
    }

    @Test
    void aClosedFenceKeepsEmptyDirectories() throws IOException {
        Path empty = Files.createDirectories(base.resolve("externalartifact/default/empty"));

        assertThatIOException()
                .isThrownBy(() ->
                        storage.removeAll(storage.newArtifact("ExternalArtifact", "default", "empty", "", "x.tar.gz")));
        assertThat(empty).exists();
    }

    private void assertRefused(ThrowingCallable change) throws IOException {
        List<String> before = files();
        assertThatIOException().isThrownBy(change).withMessageContaining("not now");
        assertThat(files()).isEqualTo(before).hasSize(3);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(storage.localPath(stored).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(StoredNames.LOCK))
                    .sorted()
                    .toList();
        }
    }
}
