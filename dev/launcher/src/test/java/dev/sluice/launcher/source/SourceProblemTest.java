package dev.sluice.launcher.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceProblemTest {

    @TempDir
    private Path temp;

    @Test
    void missingDirectory() {
        assertThat(problem(temp.resolve("gone"), new NoSuchFileException("gone")))
                .isEqualTo(new SourceProblem(
                        "StatOperationFailed", "directory %s does not exist".formatted(temp.resolve("gone"))));
    }

    @Test
    void fileInsteadOfDirectory() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThat(problem(file, new IOException("any")))
                .isEqualTo(new SourceProblem("StatOperationFailed", "%s is not a directory".formatted(file)));
    }

    @Test
    void unreadableFile() {
        assertThat(problem(temp, new AccessDeniedException("/x/secret")))
                .isEqualTo(new SourceProblem(
                        "ReadOperationFailed", "cannot read /x/secret: permission denied; check owner and mode"));
    }

    @Test
    void failingDisk() {
        assertThat(problem(temp, new FileSystemException("/x/a", null, "Input/output error")))
                .isEqualTo(new SourceProblem("ReadOperationFailed", "cannot read /x/a: Input/output error"));
    }

    @Test
    void otherErrorsNameDirectory() {
        assertThat(problem(temp, new IOException("path \"a\" is refused")).message())
                .isEqualTo("cannot read %s: path \"a\" is refused".formatted(temp));
    }

    private static SourceProblem problem(Path directory, IOException failure) {
        return SourceProblem.of(new LocalSource("app", directory), failure);
    }
}
