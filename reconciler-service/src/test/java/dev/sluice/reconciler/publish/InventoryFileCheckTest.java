package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryFileCheckTest {

    @TempDir
    Path temporary;

    private StorageFixture fixture;
    private InventoryFileCheck check;
    private Artifact artifact;

    @BeforeEach
    void start() throws IOException {
        fixture = StorageFixture.in(temporary);
        check = new InventoryFileCheck(fixture.verified());
        artifact = fixture.store()
                .store(Samples.key("a"), StorageFixture.tree("x: 1\n"), null)
                .artifact();
    }

    @Test
    void intactFilesAndAnEmptyInventoryAreNoDrift() {
        assertThat(check.check(List.of(entry()))).isEmpty();
        assertThat(check.check(List.of())).isEmpty();
    }

    @Test
    void aMissingFileIsDrift() throws IOException {
        Files.delete(file());

        assertThat(check.check(List.of(entry()))).contains(DriftReason.ARTIFACT_MISSING);
    }

    @Test
    void aLinkCountsAsMissing() throws IOException {
        Path moved = Files.move(file(), temporary.resolve("moved"));
        Files.createSymbolicLink(file(), moved);

        assertThat(check.check(List.of(entry()))).contains(DriftReason.ARTIFACT_MISSING);
    }

    @Test
    void aCorruptedFileIsDriftAndIsNotDeleted() throws IOException {
        Files.write(file(), new byte[] {1, 2, 3});

        assertThat(check.check(List.of(entry()))).contains(DriftReason.ARTIFACT_CORRUPTED);
        assertThat(file()).exists();
    }

    @Test
    void detectsChangedBytesOfTheSameSizeByModificationTime() throws IOException {
        assertThat(check.check(List.of(entry()))).isEmpty();
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000));

        assertThat(check.check(List.of(entry()))).contains(DriftReason.ARTIFACT_CORRUPTED);
    }

    @Test
    void aForgedDigestDeletesNothing() throws IOException {
        ArtifactInventoryEntry edited =
                new ArtifactInventoryEntry(null, "a", "apps", Samples.digest('0'), entry().filename());

        assertThat(check.check(List.of(edited))).contains(DriftReason.ARTIFACT_CORRUPTED);
        assertThat(file()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no digest", "sha256:00"})
    void anInvalidDigestIsDriftAndDeletesNothing(String digest) throws IOException {
        ArtifactInventoryEntry edited = new ArtifactInventoryEntry(null, "a", "apps", digest, entry().filename());

        assertThat(check.check(List.of(edited))).contains(DriftReason.ARTIFACT_CORRUPTED);
        assertThat(file()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../etc/passwd", "", "a/b.tar.gz"})
    void anEntryOutsideItsDirectoryIsDriftAndDeletesNothing(String filename) throws IOException {
        ArtifactInventoryEntry edited = new ArtifactInventoryEntry("a", "apps", entry().digest(), filename);

        assertThat(check.check(List.of(edited))).isPresent();
        assertThat(file()).exists();
    }

    @Test
    void reportsTheFirstDrift() throws IOException {
        Files.delete(file());
        ArtifactInventoryEntry other = new ArtifactInventoryEntry("b", "apps", Samples.digest('a'), "1.tar.gz");

        assertThat(check.check(List.of(entry(), other))).isEqualTo(Optional.of(DriftReason.ARTIFACT_MISSING));
    }

    private ArtifactInventoryEntry entry() {
        String path = artifact.path();
        return new ArtifactInventoryEntry(
                "a", "apps", Objects.requireNonNull(artifact.digest()), path.substring(path.lastIndexOf('/') + 1));
    }

    private Path file() throws IOException {
        return fixture.file(artifact);
    }
}
