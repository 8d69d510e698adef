package dev.sluice.artifact.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIgnoreTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/",
                ".gitignore",
                ".gitmodules",
                ".gitattributes",
                "a.jpg",
                "a.jpeg",
                "a.gif",
                "a.png",
                "a.wmv",
                "a.flv",
                "a.tar.gz",
                "a.zip",
                ".github/",
                ".circleci/",
                ".travis.yml",
                ".gitlab-ci.yml",
                "appveyor.yml",
                ".drone.yml",
                "cloudbuild.yaml",
                "codeship-services.yml",
                "codeship-steps.yml",
                ".goreleaser.yml",
                ".sops.yaml",
                ".flux.yaml",
                ".zip",
                "pictures.png/"
            })
    void excludesTheDefaultsAtAnyDepth(String name) throws Exception {
        boolean directory = name.endsWith("/");
        String path = directory ? name.substring(0, name.length() - 1) : name;
        for (String prefix : List.of("", "deep/down/")) {
            assertThat(SourceIgnore.defaults().ignores(TreePath.of(prefix + path), directory))
                    .isTrue();
            if (directory) {
                assertThat(SourceIgnore.defaults().ignores(TreePath.of(prefix + path + "/x/y"), false))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git", ".github", ".circleci", "chart.tgz", ".helmignore", ".sourceignore", "a.JPG", ".GITIGNORE",
                "a.zip.txt", "azip", "x.gitignore", "my.flux.yaml", "tar.gz", "git/config", ".gitkeep", "a.jpg.yaml"
            })
    void keepsFilesThatOnlyResembleADefault(String path) throws Exception {
        assertThat(SourceIgnore.defaults().ignores(TreePath.of(path), false)).isFalse();
        assertThat(SourceIgnore.defaults().ignores(TreePath.of("deep/" + path), false))
                .isFalse();
    }

    @Test
    void namesThePatternThatExcludes() throws Exception {
        SourceIgnore ignore = SourceIgnore.withPatterns("*.md\n/docs/\n!keep.md\n");

        assertThat(ignore.excludedBy(TreePath.of("a/b.md"), false)).contains("*.md");
        assertThat(ignore.excludedBy(TreePath.of("docs/x/y"), false)).contains("/docs/");
        assertThat(ignore.excludedBy(TreePath.of("a/keep.md"), false)).isEmpty();
        assertThat(ignore.excludedBy(TreePath.of("other"), false)).isEmpty();
    }

    @Test
    void filtersATree() throws Exception {
        FileTree tree = tree("a.yaml", ".git/config", "docs/logo.png", "docs/.flux.yaml", "only/a.zip", "sub/.git");

        assertThat(paths(SourceIgnore.defaults().apply(tree)))
                .containsExactly("a.yaml", "docs", "only", "sub", "sub/.git");
        assertThat(SourceIgnore.defaults().apply(tree).get(TreePath.of("a.yaml")))
                .isPresent()
                .isEqualTo(tree.get(TreePath.of("a.yaml")));
        assertThat(SourceIgnore.none().apply(tree)).isSameAs(tree);
    }

    @Test
    void anIgnoreFileDoesNotConcernItsOwnDirectory() throws Exception {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("a/.sourceignore"), file("*"))
                .putFile(TreePath.of("a/b"), file("x"))
                .build();
        SourceIgnore ignore = SourceIgnore.fromIgnoreFiles(tree);

        assertThat(ignore.ignores(TreePath.of("a/b"), false)).isTrue();
        assertThat(ignore.ignores(TreePath.of("a"), true)).isFalse();
    }

    /** Its patterns would replace the defaults. */
    @Test
    void anIgnoreFileInTheVersionControlDirectoryIsNotRead() throws Exception {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("sub/.git/.sourceignore"), file("x"))
                .build();

        assertThat(ignores(SourceIgnore.fromIgnoreFiles(tree), "logo.png")).isTrue();
    }

    @Test
    void readsADirectoryWithoutExcludedFiles(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve(".git/objects"));
        Files.writeString(directory.resolve(".git/objects/pack"), "x");
        Files.writeString(directory.resolve("logo.png"), "x");
        Files.writeString(directory.resolve("app.yaml"), "x");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("app.yaml"));

        assertThat(SourceIgnore.defaults().read(directory).nodes())
                .extracting(node -> node.path().toString())
                .containsExactly("app.yaml");
    }

    @Test
    void returnsTheSameTreeIfNothingIsExcluded() throws Exception {
        FileTree tree = tree("a.yaml", "b/c");

        assertThat(SourceIgnore.defaults().apply(tree)).isSameAs(tree);
    }

    @Test
    void customPatternsReplaceAllDefaultsExceptVersionControl() throws Exception {
        SourceIgnore ignore = SourceIgnore.withPatterns("*.md\n");

        assertThat(ignores(ignore, "README.md")).isTrue();
        assertThat(ignores(ignore, "docs/README.md")).isTrue();
        assertThat(ignores(ignore, ".gitignore")).isTrue();
        assertThat(ignores(ignore, ".git/config")).isTrue();
        assertThat(ignores(ignore, "logo.png")).isFalse();
        assertThat(ignores(ignore, ".sops.yaml")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# a comment\n", "   \n"})
    void usesTheDefaultsIfThereIsNoPattern(String text) throws Exception {
        assertThat(ignores(SourceIgnore.withPatterns(text), "logo.png")).isTrue();
    }

    @Test
    void followsTheSyntaxOfGitignore() throws Exception {
        SourceIgnore ignore = SourceIgnore.withPatterns("""
                # everything at the top
                /*
                # but
                !/deploy
                !/charts/
                **/testdata/
                *.t?p
                [0-9]*.log
                \\!important
                deploy/**/secret.yaml
                """);

        assertThat(ignores(ignore, "README.md")).isTrue();
        assertThat(ignores(ignore, "src/main.go")).isTrue();
        assertThat(ignores(ignore, "deploy/app.yaml")).isFalse();
        assertThat(ignores(ignore, "charts/app/Chart.yaml")).isFalse();
        assertThat(ignores(ignore, "charts/testdata/x")).isTrue();
        assertThat(ignores(ignore, "deploy/a.tmp")).isTrue();
        assertThat(ignores(ignore, "deploy/1.log")).isTrue();
        assertThat(ignores(ignore, "deploy/a.log")).isFalse();
        assertThat(ignores(ignore, "deploy/!important")).isTrue();
        assertThat(ignores(ignore, "deploy/a/b/secret.yaml")).isTrue();
    }

    @Test
    void keepsTheParentsOfReincludedFiles() throws Exception {
        FileTree tree = tree("src/a.go", "src/keep/b.yaml", "src/keep/c.go");

        FileTree filtered =
                SourceIgnore.withPatterns("src/\n!src/keep/b.yaml\n").apply(tree);

        assertThat(paths(filtered)).containsExactly("src", "src/keep", "src/keep/b.yaml");
    }

    @Test
    void appliesEachIgnoreFileToItsDirectory() throws Exception {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of(".sourceignore"), file("*.md\n/top\n"))
                .putFile(TreePath.of("a/.sourceignore"), file("!keep.md\n/only-here\n"))
                .putFile(TreePath.of(".git/.sourceignore"), file("*\n"))
                .build();

        SourceIgnore ignore = SourceIgnore.fromIgnoreFiles(tree);

        assertThat(ignores(ignore, "x.md")).isTrue();
        assertThat(ignores(ignore, "keep.md")).isTrue();
        assertThat(ignores(ignore, "a/keep.md")).isFalse();
        assertThat(ignores(ignore, "a/b/keep.md")).isFalse();
        assertThat(ignores(ignore, "a/only-here")).isTrue();
        assertThat(ignores(ignore, "only-here")).isFalse();
        assertThat(ignores(ignore, "a/b/only-here")).isFalse();
        assertThat(ignores(ignore, "top/x")).isTrue();
        assertThat(ignores(ignore, "a/top")).isFalse();
        assertThat(ignores(ignore, "logo.png")).isFalse();
        assertThat(ignores(ignore, ".gitignore")).isTrue();
    }

    @Test
    void usesTheDefaultsWithoutIgnoreFiles() throws Exception {
        assertThat(ignores(SourceIgnore.fromIgnoreFiles(tree("a.yaml")), "logo.png"))
                .isTrue();
    }

    private static boolean ignores(SourceIgnore ignore, String path) throws Exception {
        return ignore.ignores(TreePath.of(path), false);
    }

    private static FileTree tree(String... paths) throws Exception {
        FileTree.Builder builder = FileTree.builder();
        for (String path : paths) {
            builder.putFile(TreePath.of(path), file(path));
        }
        return builder.build();
    }

    private static FileEntry file(String content) {
        return FileEntry.of(false, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> paths(FileTree tree) {
        return tree.nodes().stream().map(node -> node.path().toString()).toList();
    }
}
