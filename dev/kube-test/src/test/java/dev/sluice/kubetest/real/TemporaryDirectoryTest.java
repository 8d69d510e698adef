package dev.sluice.kubetest.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void isRemovedWithItsFiles() throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create(parent, "x-");
        fill(directory.path());

        directory.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void removesThoseOfKilledProcesses() throws IOException {
        Path abandoned = fill(Files.createDirectory(parent.resolve("x-1")));
        Files.createFile(abandoned.resolve("lock"));
        Path other = fill(Files.createDirectory(parent.resolve("x-2")));
        TemporaryDirectory living = TemporaryDirectory.create(parent, "x-");

        TemporaryDirectory directory = TemporaryDirectory.create(parent, "x-");

        assertThat(abandoned).doesNotExist();
        assertThat(other.resolve("sub/file")).as("without a lock file").exists();
        assertThat(living.path()).exists();
        assertThat(directory.path()).exists();
    }

    @Test
    void keepsTheFilesForPeople() throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create(parent, "x-");
        fill(directory.path());

        directory.keep();
        directory.keep();
        directory.close();
        TemporaryDirectory.create(parent, "x-").close();

        assertThat(directory.path().resolve("sub/file")).exists();
    }

    private static Path fill(Path directory) throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("sub")).resolve("file"), "text");
        return directory;
    }
}
