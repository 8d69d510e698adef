package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedFilesTest {

    private static final SmallFiles NOTHING_HELD = new SmallFiles(0, Duration.ZERO, Clock.systemUTC());

    @TempDir
    Path directory;

    private CanaryVolume volume;
    private ServedFiles files;

    @BeforeEach
    void fill() throws IOException {
        volume = CanaryVolume.create(directory);
        files = new ServedFiles(volume.base());
    }

    @Test
    void opensAnArtifactWithItsVersion() throws IOException {
        try (ServedFile file = files.open(CanaryVolume.ARTIFACT).orElseThrow()) {
            assertThat(file.path()).isEqualTo(volume.path(CanaryVolume.ARTIFACT));
            assertThat(file.version().size()).isEqualTo(CanaryVolume.SIZE);
            assertThat(file.version().lastModified())
                    .isEqualTo(Files.getLastModifiedTime(file.path()).toInstant());
            assertThat(file.channel().size()).isEqualTo(CanaryVolume.SIZE);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            file.writeTo(out, 10, 70_000);
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(CanaryVolume.content(), 10, 70_010));
        }
    }

    @Test
    void failsIfAFileBecomesShorter() throws IOException {
        try (ServedFile file = files.open(CanaryVolume.ARTIFACT).orElseThrow()) {
            Files.write(file.path(), new byte[10]);
            assertThatThrownBy(() -> file.writeTo(new ByteArrayOutputStream(), 0, CanaryVolume.SIZE))
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aMissingVolumeIsAnError() throws IOException {
        ServedFiles nowhere = new ServedFiles(directory.resolve("nowhere"));
        assertThatThrownBy(() -> nowhere.open(CanaryVolume.ARTIFACT)).isInstanceOf(IOException.class);
        assertThatThrownBy(nowhere::checkReadable).isInstanceOf(IOException.class);
        ServedFiles file = new ServedFiles(Files.writeString(directory.resolve("file"), ""));
        assertThatThrownBy(() -> file.open(CanaryVolume.ARTIFACT)).isInstanceOf(IOException.class);
        files.checkReadable();
    }

    /** A volume that fails the first accesses to a file. */
    private final class Failing implements VolumeReads {

        private final IOException failure;
        private int failures;
        private int listings;

        Failing(IOException failure, int failures) {
            this.failure = failure;
            this.failures = failures;
        }

        @Override
        public BasicFileAttributes attributes(Path path) throws IOException {
            if (path.toString().endsWith(".gz") && failures-- > 0) {
                throw failure;
            }
            return VolumeReads.super.attributes(path);
        }

        @Override
        public boolean lists(Path path, String name, int maxEntries) throws IOException {
            listings++;
            return VolumeReads.super.lists(path, name, maxEntries);
        }

        Optional<ServedFile> open(String path) throws IOException {
            return new ServedFiles(volume.base(), this, NOTHING_HELD).open(path);
        }
    }

    private static void assertServed(Optional<ServedFile> file) throws IOException {
        assertThat(file).isPresent();
        file.get().close();
    }

    @Test
    void findsANameThatAppearsLate() throws IOException {
        String path = volume.path(CanaryVolume.ARTIFACT).toString();
        Failing late = new Failing(new NoSuchFileException(path), 1);
        assertServed(late.open(CanaryVolume.ARTIFACT));
        assertThat(late.listings).isEqualTo(1);
    }

    @Test
    void aNameThatIsNotInTheDirectoryIsMissing() throws IOException {
        Failing counting = new Failing(new NoSuchFileException("none"), 0);
        assertThat(counting.open(CanaryVolume.DIRECTORY + "/missing.tar.gz")).isEmpty();
        assertThat(counting.open("/missing/a/b/c.tar.gz")).isEmpty();
        assertThat(counting.listings).isEqualTo(2);
    }

    @Test
    void retriesAStaleHandle() throws IOException {
        FileSystemException stale = new FileSystemException("x", null, "Stale file handle");
        assertServed(new Failing(stale, 3).open(CanaryVolume.ARTIFACT));
        Failing always = new Failing(stale, 100);
        assertThatThrownBy(() -> always.open(CanaryVolume.ARTIFACT)).isSameAs(stale);
    }

    @Test
    void otherErrorsAreNotAMissingFile() {
        FileSystemException broken = new FileSystemException("x", null, "Input/output error");
        assertThatThrownBy(() -> new Failing(broken, 1).open(CanaryVolume.ARTIFACT))
                .isSameAs(broken);
        ArtifactResponse answer = new ArtifactRequests(
                        new ServedFiles(volume.base(), new Failing(broken, 1), NOTHING_HELD))
                .answer("GET", CanaryVolume.ARTIFACT, name -> List.of());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(((TextResponse) answer).text()).doesNotContain(directory.toString());
    }

    @Test
    void servesOneVersionOfAFileReplacedDuringOpen() throws IOException {
        Path file = volume.path(CanaryVolume.ARTIFACT);
        VolumeReads replacing = new VolumeReads() {
            private int left = 2;

            @Override
            public FileChannel open(Path path) throws IOException {
                FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
                if (left-- > 0) {
                    Path other = Files.writeString(directory.resolve("other"), "version " + left);
                    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
                }
                return opened;
            }
        };
        try (ServedFile served = new ServedFiles(volume.base(), replacing, NOTHING_HELD)
                .open(CanaryVolume.ARTIFACT)
                .orElseThrow()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            served.writeTo(out, 0, served.version().size());
            assertThat(out).hasToString("version 0");
        }
    }

    @Test
    void aFileThatKeepsChangingIsAnError() throws IOException {
        VolumeReads changing = new VolumeReads() {
            @Override
            public FileChannel open(Path path) throws IOException {
                Files.writeString(path, "x", StandardOpenOption.APPEND);
                return FileChannel.open(path, StandardOpenOption.READ);
            }
        };
        ServedFiles never = new ServedFiles(volume.base(), changing, NOTHING_HELD);
        assertThatThrownBy(() -> never.open(CanaryVolume.ARTIFACT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kept changing");
        Files.writeString(volume.base().resolve("user:pl4nted@x"), "x");
        assertThatThrownBy(() -> never.open("/user:pl4nted@x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kept changing")
                .hasMessageNotContaining("pl4nted");
    }
}
