package dev.sluice.launcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectorySnapshotTest {

    @TempDir
    private Path temp;

    interface Change {
        void in(Path directory) throws IOException;
    }

    record Case(String name, Change change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> changes() {
        return List.of(
                new Case("another length", dir -> Files.writeString(dir.resolve("sub/a"), "longer than before")),
                new Case(
                        "another time", dir -> Files.setLastModifiedTime(dir.resolve("sub/a"), FileTime.fromMillis(1))),
                new Case("another file with the same size and time", DirectorySnapshotTest::replaceWithSameMetadata),
                new Case(
                        "executable",
                        dir -> Files.setPosixFilePermissions(
                                dir.resolve("sub/a"), PosixFilePermissions.fromString("rwxr-xr-x"))),
                new Case("one more file", dir -> Files.writeString(dir.resolve("b"), "")),
                new Case("one more empty directory", dir -> Files.createDirectory(dir.resolve("empty"))),
                new Case("one file less", dir -> Files.delete(dir.resolve("sub/a"))));
    }

    @BeforeEach
    void makeOneFile() throws IOException {
        Files.createDirectories(temp.resolve("sub"));
        Files.writeString(temp.resolve("sub/a"), "a");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void differsAfter(Case changed) throws IOException {
        DirectorySnapshot before = DirectorySnapshot.take(temp);
        changed.change().in(temp);
        assertThat(DirectorySnapshot.take(temp)).isNotEqualTo(before);
    }

    @Test
    void isEqualWhileNothingChanges() throws IOException {
        assertThat(DirectorySnapshot.take(temp))
                .isEqualTo(DirectorySnapshot.take(temp))
                .hasSameHashCodeAs(DirectorySnapshot.take(temp));
    }

    @Test
    void ignoresVersionControlMetadata() throws IOException {
        DirectorySnapshot before = DirectorySnapshot.take(temp);
        Files.createDirectories(temp.resolve("sub/.git"));
        Files.writeString(temp.resolve("sub/.git/index"), "i");
        assertThat(DirectorySnapshot.take(temp)).isEqualTo(before);
    }

    @Test
    void failsOnMissingDirectory() {
        assertThatIOException().isThrownBy(() -> DirectorySnapshot.take(temp.resolve("nowhere")));
    }

    /** Replaces a file like editors do: a new file of the same size and time. */
    private static void replaceWithSameMetadata(Path directory) throws IOException {
        Path file = directory.resolve("sub/a");
        Path other = Files.writeString(directory.resolve("other"), "b");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
