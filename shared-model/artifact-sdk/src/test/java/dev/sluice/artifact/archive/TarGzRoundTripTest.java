package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzRoundTripTest {

    @TempDir
    Path directory;

    @Test
    void readsBackWhatItWrote() throws Exception {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("a/b.txt"), file(false, "hello"))
                .putFile(TreePath.of("a/run.sh"), file(true, "#!/bin/sh\n"))
                .putFile(TreePath.of("a/empty"), file(false, ""))
                .putDirectory(TreePath.of("void/deep"))
                .putFile(TreePath.of("ü/𝒳/" + "n".repeat(300)), file(false, "x"))
                .putFile(TreePath.of("p".repeat(90) + "/" + "q".repeat(90)), file(false, "y"))
                .build();

        assertThat(roundTrip(tree)).isEqualTo(tree);
    }

    @Test
    void readsBackTheEmptyTree() throws Exception {
        assertThat(roundTrip(FileTree.empty())).isEqualTo(FileTree.empty());
    }

    private FileTree roundTrip(FileTree tree) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarGzWriter.write(tree, out);
        try (SpoolFile spool = SpoolFile.create(directory.resolve("spool"))) {
            return TarGzReader.index(new ByteArrayInputStream(out.toByteArray()), spool, UnpackOptions.untrusted());
        }
    }

    private static FileEntry file(boolean executable, String content) {
        return FileEntry.of(executable, content.getBytes(StandardCharsets.UTF_8));
    }
}
