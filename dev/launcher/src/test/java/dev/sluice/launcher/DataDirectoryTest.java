package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path temp;

    @Test
    void removesTemporaryDirectoryOnClose() throws IOException {
        Path root;
        try (DataDirectory data = DataDirectory.open(null)) {
            root = data.root();
            Files.writeString(data.artifacts().resolve("a.tar.gz"), "a");
        }
        assertThat(root).doesNotExist();
    }

    @Test
    void keepsNamedDirectoryExceptScratchFiles() throws IOException {
        try (DataDirectory data = DataDirectory.open(temp.resolve("state"))) {
            Files.writeString(data.artifacts().resolve("a.tar.gz"), "a");
            Files.writeString(data.scratch().resolve("half"), "h");
        }
        try (DataDirectory data = DataDirectory.open(temp.resolve("state"))) {
            assertThat(data.artifacts().resolve("a.tar.gz")).hasContent("a");
            assertThat(data.scratch()).isEmptyDirectory();
        }
    }

    @Test
    void refusesSecondRunInSameDirectory() throws IOException {
        try (DataDirectory first = DataDirectory.open(temp)) {
            assertThatIOException()
                    .isThrownBy(() -> DataDirectory.open(first.root()))
                    .withMessage("--data %s: already used by another sluice dev; stop it first", temp);
        }
    }
}
