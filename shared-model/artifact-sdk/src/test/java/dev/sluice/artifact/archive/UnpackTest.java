package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unpacking writes nothing outside the directory, and nothing inside it unless the archive is valid. */
class UnpackTest {

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void fill() throws IOException {
        directory = parent.resolve("target");
        Files.createDirectory(directory);
        Files.writeString(directory.resolve("there"), "before");
    }

    private void unpack(byte[] archive, UnpackOptions options) throws IOException {
        TarGzReader.unpack(new ByteArrayInputStream(archive), directory, options);
    }

    private List<String> names(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.map(file -> parent.relativize(file).toString())
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void createsTheDirectoryAndUnpacksATree() throws Exception {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(SampleTrees.small(), archive);
        directory = parent.resolve("new/deeper");

        unpack(archive.toByteArray(), UnpackOptions.untrusted());

        assertThat(DirectoryTree.read(directory)).isEqualTo(SampleTrees.small());
    }

    @Test
    void replacesFilesAndKeepsTheOthers() throws Exception {
        unpack(new TarBuilder().file("there", "after").file("dir/new", "x").tarGz(), UnpackOptions.untrusted());

        assertThat(directory.resolve("there")).hasContent("after");
        assertThat(names(parent)).containsExactly("target", "target/dir", "target/dir/new", "target/there");
    }

    static Stream<TarGzReaderTest.Refused> hostile() {
        return Stream.concat(TarGzReaderTest.badNames(), TarGzReaderTest.badKinds());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aRefusedArchiveLeavesNoFiles(TarGzReaderTest.Refused refused) throws IOException {
        byte[] bad = new TarBuilder()
                .file("first", "x")
                .raw(refused.archive().tarWithoutEnd())
                .tarGz();
        for (UnpackOptions options : List.of(UnpackOptions.fluxSource(1000), UnpackOptions.untrusted())) {
            assertThatThrownBy(() -> unpack(bad, options)).isInstanceOf(IOException.class);
        }
        assertThat(names(parent)).containsExactly("target", "target/there");
    }

    @Test
    void doesNotWriteThroughAnExistingLink() throws Exception {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.createSymbolicLink(directory.resolve("link"), outside);
        byte[] archive = new TarBuilder().file("link/evil", "x").tarGz();

        assertThatThrownBy(() -> unpack(archive, UnpackOptions.untrusted())).isInstanceOf(UnsafePathException.class);
        assertThat(outside).isEmptyDirectory();
    }
}
