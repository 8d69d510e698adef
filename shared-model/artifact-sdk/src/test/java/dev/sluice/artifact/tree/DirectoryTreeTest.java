package dev.sluice.artifact.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.digest.DigestMismatchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {

    @TempDir
    Path directory;

    @Test
    void readsBackWhatItWrote() throws Exception {
        FileTree tree = sample();
        DirectoryTree.write(tree, directory.resolve("new/target"));

        assertThat(DirectoryTree.read(directory.resolve("new/target"))).isEqualTo(tree);
    }

    @Test
    void writesExecutableFiles() throws Exception {
        DirectoryTree.write(sample(), directory);

        assertThat(Files.isExecutable(directory.resolve("bin/run"))).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a/b.txt"))))
                .startsWith("rw-r")
                .doesNotContain("x");
    }

    @Test
    void replacesFilesAndKeepsOthers() throws Exception {
        Files.createDirectories(directory.resolve("a"));
        Files.writeString(directory.resolve("a/b.txt"), "much longer than before");
        Files.writeString(directory.resolve("a/other"), "stays");

        DirectoryTree.write(sample(), directory);

        assertThat(directory.resolve("a/b.txt")).hasContent("b");
        assertThat(directory.resolve("a/other")).hasContent("stays");
    }

    @Test
    void neverWritesThroughALink() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "unharmed");
        Path target = Files.createDirectory(directory.resolve("target"));
        Files.createSymbolicLink(target.resolve("a"), outside);
        Path second = Files.createDirectory(directory.resolve("second"));
        Files.createDirectory(second.resolve("a"));
        Files.createSymbolicLink(second.resolve("a/b.txt"), outside.resolve("victim"));

        for (Path into : new Path[] {target, second}) {
            assertThatThrownBy(() -> DirectoryTree.write(sample(), into))
                    .isInstanceOf(UnsafePathException.class)
                    .hasMessageContaining("a link or special file");
        }
        assertThat(outside.resolve("victim")).hasContent("unharmed");
        assertThat(outside).isDirectoryNotContaining(path -> path.endsWith("b.txt"));
    }

    @Test
    void refusesAFileOverADirectoryAndTheReverse() throws Exception {
        Path fileInTheWay = Files.createDirectory(directory.resolve("1"));
        Files.writeString(fileInTheWay.resolve("a"), "");
        Path directoryInTheWay = Files.createDirectory(directory.resolve("2"));
        Files.createDirectories(directoryInTheWay.resolve("a/b.txt"));

        for (Path into : new Path[] {fileInTheWay, directoryInTheWay}) {
            assertThatThrownBy(() -> DirectoryTree.write(sample(), into)).isInstanceOf(PathConflictException.class);
        }
    }

    @Test
    void skipsOrRefusesLinks() throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("a"), "a");
        Files.createSymbolicLink(source.resolve("link"), source.resolve("a"));
        Files.createSymbolicLink(source.resolve("loop"), source);

        assertThat(DirectoryTree.read(source).nodes())
                .extracting(node -> node.path().toString())
                .containsExactly("a");
        assertThatThrownBy(() -> DirectoryTree.read(source, LinkPolicy.REFUSE, PathFilter.NOTHING))
                .isInstanceOf(UnsafePathException.class)
                .hasMessageContaining("links and special files are not allowed");
    }

    @Test
    void readsADirectoryThroughALink() throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        DirectoryTree.write(sample(), source);
        Path link = Files.createSymbolicLink(directory.resolve("link"), source);

        assertThat(DirectoryTree.read(link)).isEqualTo(sample());
    }

    @Test
    void excludesFilteredFiles() throws Exception {
        DirectoryTree.write(sample(), directory);

        FileTree tree = DirectoryTree.read(
                directory, LinkPolicy.SKIP, (path, isDirectory) -> path.name().equals(isDirectory ? "empty" : "run"));

        assertThat(tree.nodes()).extracting(node -> node.path().toString()).containsExactly("a", "a/b.txt", "bin");
    }

    @Test
    void readingFailsIfTheContentHasChanged() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "old");
        FileTree tree = DirectoryTree.read(directory);
        Files.writeString(file, "new");

        FileEntry entry = (FileEntry) tree.get(TreePath.of("a")).orElseThrow();
        assertThatThrownBy(() -> entry.blob().openStream().readAllBytes())
                .isInstanceOf(DigestMismatchException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void refusesAFileAsDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "");

        assertThatThrownBy(() -> DirectoryTree.read(file)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> DirectoryTree.read(directory.resolve("missing")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesUnsafeNames() throws Exception {
        Files.writeString(directory.resolve("back\\slash"), "");

        assertThatThrownBy(() -> DirectoryTree.read(directory))
                .isInstanceOf(UnsafePathException.class)
                .hasMessageContaining("backslash");
    }

    private static FileTree sample() throws IOException {
        return FileTree.builder()
                .putFile(TreePath.of("a/b.txt"), file(false, "b"))
                .putFile(TreePath.of("bin/run"), file(true, "#!/bin/sh\n"))
                .putDirectory(TreePath.of("empty"))
                .build();
    }

    private static FileEntry file(boolean executable, String content) {
        return FileEntry.of(executable, content.getBytes(StandardCharsets.UTF_8));
    }
}
