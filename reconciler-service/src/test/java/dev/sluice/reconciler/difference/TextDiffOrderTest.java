package dev.sluice.reconciler.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextDiffOrderTest {

    @Test
    void deletedLinesPrecedeAddedOnesForUntrustedTextToo() throws IOException {
        PathChange change = PathChange.between(tree("a\nold 1\nold 2\nb\n"), tree("a\nnew 1\nnew 2\nb\n"))
                .get(0);

        assertThat(TextDiff.ofUntrusted(change))
                .isEqualTo(TextDiff.of(change))
                .containsExactly("@@ -1,4 +1,4 @@", " a", "-old 1", "-old 2", "+new 1", "+new 2", " b");
    }

    private static FileTree tree(String text) throws IOException {
        return FileTree.builder()
                .putFile(TreePath.of("file"), FileEntry.of(false, text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
