package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.artifact;
import static dev.sluice.artifact.storage.StorageFixture.storage;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.digest.DigestMismatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes a file's content without its attributes to detect whether the file is read again. */
class VerifiedFilesTest {

    private static final Duration SIX_HOURS = Duration.ofHours(6);

    @TempDir
    Path base;

    private Instant now = StorageFixture.NOW;
    private ArtifactStorage storage;
    private Artifact artifact;
    private Path file;
    private VerifiedFiles files;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void store() throws IOException {
        storage = storage(base);
        artifact = storage.copy(artifact(storage, "a.tar.gz"), stream("content"));
        file = storage.localPath(artifact);
        files = new VerifiedFiles(storage, clock);
    }

    private void changeBehindItsBack() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "CONTENT");
        Files.setLastModifiedTime(file, time);
    }

    @Test
    void trustsAnUnchangedFileForSixHours() throws IOException {
        files.verify(artifact);
        changeBehindItsBack();
        now = now.plus(SIX_HOURS).minusMillis(1);
        assertThatCode(() -> files.verify(artifact)).doesNotThrowAnyException();
        now = now.plusMillis(1);
        assertThatThrownBy(() -> files.verify(artifact)).isInstanceOf(DigestMismatchException.class);
    }

    @Test
    void verifyAgainReadsATrustedFile() throws IOException {
        files.verify(artifact);
        changeBehindItsBack();
        assertThatThrownBy(() -> files.verifyAgain(artifact)).isInstanceOf(DigestMismatchException.class);
        Files.writeString(file, "content");
        files.verifyAgain(artifact);
        changeBehindItsBack();
        assertThatCode(() -> files.verify(artifact)).doesNotThrowAnyException();
    }

    @Test
    void readsAFileTheFirstTime() throws IOException {
        changeBehindItsBack();
        assertThatThrownBy(() -> files.verify(artifact)).isInstanceOf(DigestMismatchException.class);
    }

    @Test
    void readsAFileAgainAfterAChangeOfTimeSizeOrInode() throws IOException {
        files.verify(artifact);
        changeBehindItsBack();
        Files.setLastModifiedTime(file, FileTime.from(StorageFixture.NOW.minusSeconds(77)));
        assertThatThrownBy(() -> files.verify(artifact)).isInstanceOf(DigestMismatchException.class);
        Files.writeString(file, "content");
        files.verify(artifact);
        Path other = Files.writeString(base.resolve("other"), "CONTENT");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> files.verify(artifact)).isInstanceOf(DigestMismatchException.class);
    }

    @Test
    void doesNotRememberFailures() throws IOException {
        Files.writeString(file, "CONTENT");
        assertThatThrownBy(() -> files.verify(artifact)).isInstanceOf(DigestMismatchException.class);
        assertThatThrownBy(() -> files.verify(artifact)).isInstanceOf(DigestMismatchException.class);
    }

    @Test
    void doesNotTrustAnotherDigestOrAMissingFile() throws IOException {
        files.verify(artifact);
        assertThatThrownBy(() -> files.verify(artifact.withDigest("sha256:" + "0".repeat(64))))
                .isInstanceOf(DigestMismatchException.class);
        assertThatThrownBy(() -> files.verify(artifact.withDigest(null))).isInstanceOf(MissingDigestException.class);
        Files.delete(file);
        assertThatThrownBy(() -> files.verify(artifact)).isInstanceOf(ArtifactNotFoundException.class);
    }

    @Test
    void settingTheClockBackEndsTheTrust() throws IOException {
        files.verify(artifact);
        changeBehindItsBack();
        now = now.minusSeconds(3600);
        assertThatThrownBy(() -> files.verify(artifact)).isInstanceOf(DigestMismatchException.class);
    }

    @Test
    void remembersALimitedNumberOfFiles() throws IOException {
        VerifiedFiles few = new VerifiedFiles(storage, clock, SIX_HOURS, 2);
        few.verify(artifact);
        few.verify(storage.copy(artifact(storage, "b.tar.gz"), stream("b")));
        few.verify(storage.copy(artifact(storage, "c.tar.gz"), stream("c")));
        changeBehindItsBack();
        assertThatThrownBy(() -> few.verify(artifact)).isInstanceOf(DigestMismatchException.class);
    }
}
