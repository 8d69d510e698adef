package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.artifact;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        closed = true;
    }

    private void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("not now");
        }
    }

    @Test
    void nothingAppearsBehindAClosedFenceAndNoTempFileStays() throws IOException {
        assertRefused(() -> storage.copy(artifact(storage, "new.tar.gz"), stream("new")));
        assertRefused(() -> storage.archive(artifact(storage, "tree.tar.gz"), StorageFixture.tree("x")));
        assertRefused(() -> storage.symlink(stored, "latest.tar.gz"));
    }

    @Test
    void nothingIsDeletedBehindAClosedFence() throws IOException {
        assertRefused(() -> storage.remove(stored));
        assertRefused(() -> storage.removeAll(stored));
        assertRefused(() -> storage.removeAllButCurrent(stored));
        assertRefused(() -> storage.collectGarbage(stored, Duration.ofSeconds(5)));
    }

    @Test
    void whatIsThereCanStillBeTakenOver() throws IOException {
        assertThat(storage.copy(stored, stream("is not read")).digest()).isEqualTo(stored.digest());
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
