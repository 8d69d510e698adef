package dev.sluice.artifact.archive;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Trees that are the same in every run. */
final class SampleTrees {

    private SampleTrees() {}

    static FileTree small() throws IOException {
        return FileTree.builder()
                .putFile(TreePath.of("bin/run.sh"), file(true, "#!/bin/sh\n"))
                .putFile(TreePath.of("config.yaml"), file(false, "a: 1\n"))
                .putDirectory(TreePath.of("empty/inner"))
                .putFile(TreePath.of("nothing"), file(false, ""))
                .build();
    }

    static FileTree oddNames() throws IOException {
        return FileTree.builder()
                .putFile(TreePath.of("name of 100 bytes " + "n".repeat(82)), file(false, "1"))
                .putFile(TreePath.of("name of 101 bytes " + "n".repeat(83)), file(false, "2"))
                .putFile(TreePath.of("d".repeat(80) + "/" + "e".repeat(80) + "/f"), file(false, "3"))
                .putFile(TreePath.of("p/".repeat(100) + "n".repeat(200)), file(true, "4"))
                .putFile(TreePath.of("über/日本語/𝒳"), file(false, "5"))
                .putFile(TreePath.of("-rf"), file(false, "6"))
                .putFile(TreePath.of(" space and\ttab"), file(false, "7"))
                .putDirectory(TreePath.of("long-and-empty-" + "x".repeat(240)))
                .build();
    }

    /** A tree of several chunks that compresses well in some parts only. */
    static FileTree large() throws IOException {
        Random random = new Random(4);
        FileTree.Builder builder = FileTree.builder();
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[i * 1500];
            for (int j = 0; j < content.length; j++) {
                content[j] = (byte) (i % 4 == 0 ? random.nextInt(256) : "abcdefgh \n".charAt(random.nextInt(10)));
            }
            builder.putFile(TreePath.of("dir-" + i % 7 + "/file-" + i), FileEntry.of(i % 5 == 0, content));
        }
        return builder.build();
    }

    private static FileEntry file(boolean executable, String content) {
        return FileEntry.of(executable, content.getBytes(StandardCharsets.UTF_8));
    }
}
