package dev.sluice.launcher.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTreeTest {

    @TempDir
    private Path temp;

    @Test
    void leavesOutTheDefaultsAndLinks() throws IOException {
        write("a.yaml", "a");
        write("logo.png", "p");
        write(".git/HEAD", "ref");
        Files.createSymbolicLink(temp.resolve("link.yaml"), temp.resolve("a.yaml"));
        assertThat(filesOf(LocalTree.read(temp))).containsExactly("a.yaml");
    }

    @Test
    void letsAnIgnoreFileCountBelowItsOwnDirectory() throws IOException {
        write("notes.txt", "n");
        write("app/.sourceignore", "*.txt\n");
        write("app/notes.txt", "n");
        write("app/deep/notes.txt", "n");
        write("app/deep/a.yaml", "a");
        assertThat(filesOf(LocalTree.read(temp))).containsExactly("app/.sourceignore", "app/deep/a.yaml", "notes.txt");
    }

    private static List<String> filesOf(FileTree tree) {
        return tree.nodes().stream()
                .filter(node -> !node.isDirectory())
                .map(node -> node.path().toString())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
