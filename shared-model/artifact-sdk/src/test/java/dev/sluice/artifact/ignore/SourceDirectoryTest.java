package dev.sluice.artifact.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceDirectoryTest {

    @TempDir
    private Path temp;

    @Test
    void excludesTheDefaultsAndLinks() throws IOException {
        write("a.yaml", "a");
        write("logo.png", "p");
        write(".git/HEAD", "ref");
        Files.createSymbolicLink(temp.resolve("link.yaml"), temp.resolve("a.yaml"));
        assertThat(filesOf(read())).containsExactly("a.yaml");
    }

    @Test
    void appliesAnIgnoreFileBelowItsOwnDirectory() throws IOException {
        write("notes.txt", "n");
        write("app/.sourceignore", "*.txt\n");
        write("app/notes.txt", "n");
        write("app/deep/notes.txt", "n");
        write("app/deep/a.yaml", "a");
        assertThat(filesOf(read())).containsExactly("app/.sourceignore", "app/deep/a.yaml", "notes.txt");
    }

    @Test
    void excludesTheGitFileOfAWorktree() throws IOException {
        write("a.yaml", "a");
        write(".git", "gitdir: ../main/.git/worktrees/a");
        write("module/.git", "gitdir: ../.git/modules/module");
        write("module/b.yaml", "b");
        assertThat(filesOf(SourceDirectory.read(temp, SourceIgnore.none(), Set.of())))
                .containsExactly("a.yaml", "module/b.yaml");
    }

    @Test
    void toleratesBytesThatAreNotUtf8InAnIgnoreFile() throws IOException {
        write("a.yaml", "a");
        write("b.txt", "b");
        Files.write(temp.resolve(".sourceignore"), "# Gr\u00fc\u00dfe\n*.txt\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(filesOf(read())).containsExactly(".sourceignore", "a.yaml");
    }

    @Test
    void usesTheGivenFilterOnlyIfNoIgnoreFileHasAPattern() throws IOException {
        write("logo.png", "p");
        assertThat(filesOf(SourceDirectory.read(temp, SourceIgnore.none(), Set.of())))
                .containsExactly("logo.png");
        assertThat(filesOf(read())).isEmpty();
        write(".sourceignore", "*.txt\n");
        assertThat(filesOf(read())).containsExactly(".sourceignore", "logo.png");
    }

    @Test
    void aDeeperIgnoreFileCanReincludeFiles() throws IOException {
        write(".sourceignore", "*.txt\n");
        write("app/.sourceignore", "!keep.txt\n");
        write("app/keep.txt", "k");
        write("app/drop.txt", "d");
        write("keep.txt", "k");
        assertThat(filesOf(read())).containsExactly(".sourceignore", "app/.sourceignore", "app/keep.txt");
    }

    @Test
    void excludesOutputDirectoriesWithTheirIgnoreFiles() throws IOException {
        write("a.txt", "a");
        write("out/.sluice-build", "app\n");
        write("out/.sourceignore", "*\n");
        write("out/app/a.txt", "a");
        assertThat(filesOf(read())).containsExactly("a.txt");
        assertThat(SourceDirectory.read(temp, SourceIgnore.none(), Set.of()).size())
                .isOne();
    }

    @Test
    void excludesGivenDirectoriesInAnyNotation() throws IOException {
        write("a.txt", "a");
        write("out/b.txt", "b");
        Path detour = temp.resolve("out/../out/.");
        assertThat(filesOf(SourceDirectory.read(temp, SourceIgnore.none(), Set.of(detour, temp, Path.of("/")))))
                .containsExactly("a.txt");
    }

    private FileTree read() throws IOException {
        return SourceDirectory.read(temp, SourceIgnore.defaults(), Set.of());
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
