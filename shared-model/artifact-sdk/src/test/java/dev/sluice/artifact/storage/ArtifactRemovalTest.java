package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.artifact;
import static dev.sluice.artifact.storage.StorageFixture.storage;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.digest.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactRemovalTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private ArtifactStorage storage;
    private Artifact current;
    private Path own;

    @BeforeEach
    void store() throws IOException {
        storage = storage(directory);
        current = storage.copy(artifact(storage, "current.tar.gz"), stream("current"));
        own = directory.resolve("externalartifact/default/app");
        age("current.tar.gz", 61);
    }

    private Path age(String name, long seconds) throws IOException {
        Path file = own.resolve(name);
        if (!Files.exists(file)) {
            Files.writeString(file, name);
        }
        return Files.setLastModifiedTime(file, FileTime.from(StorageFixture.NOW.minusSeconds(seconds)));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(own)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void collectsSupersededArtifacts() throws IOException {
        age("old.tar.gz", 500);
        age("old.tar.gz.lock", 500);
        age("former.tar.gz", 400);
        age("former.tar.gz.lock", 9999);
        age(".tmp-0011", 3601);
        age(".tmp-2233", 3599);
        Files.createSymbolicLink(own.resolve("link.tar.gz"), Path.of("old.tar.gz"));
        Files.createDirectory(own.resolve("directory"));
        assertThat(storage.collectGarbage(current, TIMEOUT))
                .containsExactlyInAnyOrder(own.resolve("old.tar.gz"), own.resolve(".tmp-0011"));
        assertThat(names())
                .containsExactly(
                        ".lock",
                        ".tmp-2233",
                        "current.tar.gz",
                        "directory",
                        "former.tar.gz",
                        "former.tar.gz.lock",
                        "link.tar.gz");
        assertThat(storage.collectGarbage(current, TIMEOUT)).isEmpty();
    }

    @Test
    void keepsALongCurrentArtifactForTheTtlAfterItsSupersession() throws IOException {
        storage = storage(new StorageOptions(
                directory, StorageFixture.ADDRESS, Duration.ofMinutes(1), 1, DigestAlgorithm.SHA256, false));
        Artifact next = storage.copy(artifact(storage, "next.tar.gz"), stream("next"));

        assertThat(storage.collectGarbage(next, TIMEOUT)).isEmpty();

        age("next.tar.gz", 60);
        assertThat(storage.collectGarbage(next, TIMEOUT)).isEmpty();
        age("next.tar.gz", 61);
        assertThat(storage.collectGarbage(next, TIMEOUT)).containsExactly(own.resolve("current.tar.gz"));
    }

    @Test
    void republishingRestartsTheTtlOfTheSupersededArtifact() throws IOException {
        storage = storage(new StorageOptions(
                directory, StorageFixture.ADDRESS, Duration.ofMinutes(1), 1, DigestAlgorithm.SHA256, false));
        storage.copy(artifact(storage, "next.tar.gz"), stream("next"));
        age("current.tar.gz", 900);
        age("next.tar.gz", 500);

        Artifact again = storage.copy(current, stream("is not read"));

        assertThat(Files.getLastModifiedTime(own.resolve("current.tar.gz")).toInstant())
                .isEqualTo(StorageFixture.NOW);
        assertThat(again.lastUpdateTime()).isEqualTo(StorageFixture.NOW_IN_SECONDS);
        assertThat(storage.collectGarbage(again, TIMEOUT)).isEmpty();

        age("current.tar.gz", 61);
        assertThat(storage.collectGarbage(again, TIMEOUT)).containsExactly(own.resolve("next.tar.gz"));
        storage.copy(again, stream("is not read"));
        assertThat(Files.getLastModifiedTime(own.resolve("current.tar.gz")).toInstant())
                .as("already the newest")
                .isEqualTo(StorageFixture.NOW.minusSeconds(61));
    }

    @Test
    void markCurrentStartsTheTtlOfTheSupersededArtifact() throws IOException {
        age("former.tar.gz", 9999);
        age("old.tar.gz", 99999);
        age("current.tar.gz", 900);

        storage.markCurrent(current);
        storage.markCurrent(current);

        assertThat(Files.getLastModifiedTime(own.resolve("current.tar.gz")).toInstant())
                .isEqualTo(StorageFixture.NOW);
        assertThatThrownBy(() -> storage.markCurrent(artifact(storage, "gone.tar.gz")))
                .isInstanceOf(ArtifactNotFoundException.class);
    }

    @Test
    void collectsTemporaryLinksOfKilledProcesses() throws IOException {
        Path left = Files.createSymbolicLink(own.resolve(".tmp-00ff"), Path.of("current.tar.gz"));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
        ArtifactStorage storageLater = new ArtifactStorage(StorageOptions.of(directory, StorageFixture.ADDRESS), later);

        assertThat(storageLater.collectGarbage(current, TIMEOUT)).containsExactly(left);
        assertThat(names()).containsExactly(".lock", "current.tar.gz");
    }

    @Test
    void keepsTheRetentionRecords() throws IOException {
        age("a.tar.gz", 100);
        age("b.tar.gz", 200);
        age("c.tar.gz", 300);
        assertThat(storage.collectGarbage(current, TIMEOUT))
                .containsExactly(own.resolve("c.tar.gz"), own.resolve("b.tar.gz"));
    }

    @Test
    void stopsAtTheTimeout() throws IOException {
        age("former.tar.gz", 400);
        age("old.tar.gz", 500);
        assertThat(storage.collectGarbage(current, Duration.ZERO)).isEmpty();
        assertThat(own.resolve("old.tar.gz")).exists();
    }

    @Test
    void aMissingDirectoryHasNoGarbage() throws IOException {
        storage.removeAll(current);
        assertThat(storage.collectGarbage(current, TIMEOUT)).isEmpty();
        assertThat(storage.removeAllButCurrent(current)).isEmpty();
        assertThat(storage.removeAll(current)).isEmpty();
        assertThat(own).doesNotExist();
    }

    @Test
    void removesOneFile() throws IOException {
        storage.remove(current);
        assertThat(storage.exists(current)).isFalse();
        assertThatThrownBy(() -> storage.remove(current)).isInstanceOf(ArtifactNotFoundException.class);
        Files.createSymbolicLink(own.resolve("current.tar.gz"), Path.of("x"));
        assertThatThrownBy(() -> storage.remove(current)).isInstanceOf(ArtifactNotFoundException.class);
    }

    @Test
    void removesAllFilesExceptTheCurrentOneLinksAndLock() throws IOException {
        age("a.tar.gz", 1);
        age("b.tar.gz", 2);
        Files.createSymbolicLink(own.resolve("link"), Path.of("a.tar.gz"));
        assertThat(storage.removeAllButCurrent(current))
                .containsExactlyInAnyOrder(own.resolve("a.tar.gz"), own.resolve("b.tar.gz"));
        assertThat(names()).containsExactly(".lock", "current.tar.gz", "link");
    }

    @Test
    void removesTheDirectoryWithoutFollowingLinks() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "x");
        Files.createSymbolicLink(own.resolve("link"), outside);
        Files.createDirectories(own.resolve("sub/deep"));
        Files.writeString(own.resolve("sub/deep/file"), "x");
        assertThat(storage.removeAll(current)).contains(own);
        assertThat(Files.exists(own, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(outside.resolve("precious")).exists();
        assertThat(own.getParent()).exists();
    }

    @Test
    void removesTheDirectoryOfAnObject() throws IOException {
        String[] names = current.path().split("/", -1);
        assertThat(storage.removeAll(names[0], names[1], "another")).isEmpty();
        assertThat(storage.removeAll(names[0], names[1], names[2])).contains(own);
        assertThat(own).doesNotExist();
    }
}
