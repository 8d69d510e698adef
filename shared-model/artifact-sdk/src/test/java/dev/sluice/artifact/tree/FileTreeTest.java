package dev.sluice.artifact.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileTreeTest {

    @Test
    void aBuilderCountsWhatItsPathsTake() throws Exception {
        FileTree.Builder builder = FileTree.builder();
        FileEntry file = FileEntry.of(false, new byte[0]);

        builder.putFile(TreePath.of("dir/a"), file);
        assertThat(builder.pathLength()).isEqualTo("dir".length() + "dir/a".length());
        builder.putFile(TreePath.of("dir/a"), file).putDirectory(TreePath.of("dir"));
        assertThat(builder.pathLength()).as("what is there already").isEqualTo(8);
        assertThat(builder.size()).isEqualTo(2);
        assertThat(builder.build().size()).isEqualTo(2);
        assertThat(builder.build().isEmpty()).isFalse();
        assertThat(FileTree.empty().isEmpty()).isTrue();
    }

    @Test
    void theRootCannotBeAFile() {
        assertThatThrownBy(() -> FileTree.builder().putFile(TreePath.ROOT, FileEntry.of(false, new byte[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the root of a tree cannot be a file");
    }

    @Test
    void addsTheParentsOfEveryEntry() throws Exception {
        FileTree tree = tree("b/c/d.txt", "a/");

        assertThat(paths(tree.nodes())).containsExactly("a", "b", "b/c", "b/c/d.txt");
        assertThat(tree.get(TreePath.of("b/c"))).contains(DirectoryEntry.INSTANCE);
        assertThat(tree.get(TreePath.of("b/x"))).isEmpty();
        assertThat(tree.get(TreePath.ROOT)).isEmpty();
        assertThat(tree.fileCount()).isEqualTo(1);
        assertThat(tree.totalSize()).isEqualTo("b/c/d.txt".length());
    }

    @Test
    void ordersADirectoryDirectlyBeforeItsEntries() throws Exception {
        FileTree tree = tree("a/x", "a-b", "a.txt", "a/b/c", "ab");

        assertThat(paths(tree.nodes())).containsExactly("a", "a/b", "a/b/c", "a/x", "a-b", "a.txt", "ab");
        assertThat(paths(tree.below(TreePath.of("a")))).containsExactly("a/b", "a/b/c", "a/x");
        assertThat(paths(tree.withPrefix(TreePath.of("a")))).containsExactly("a", "a/b", "a/b/c", "a/x");
        assertThat(paths(tree.withPrefix(TreePath.of("a.txt")))).containsExactly("a.txt");
        assertThat(tree.below(TreePath.of("a.txt"))).isEmpty();
        assertThat(tree.below(TreePath.of("zzz"))).isEmpty();
        assertThat(tree.withPrefix(TreePath.of("A"))).isEmpty();
        assertThat(tree.below(TreePath.ROOT)).isEqualTo(tree.nodes());
    }

    @Test
    void replacesAFileByALaterOne() throws Exception {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("a"), file("old"))
                .putFile(TreePath.of("a"), file("new"))
                .build();

        assertThat(tree.get(TreePath.of("a"))).contains(file("new"));
    }

    @Test
    void refusesAFileInPlaceOfADirectory() throws Exception {
        FileTree.Builder builder = FileTree.builder().putFile(TreePath.of("a/b"), file("x"));

        assertThatThrownBy(() -> builder.putFile(TreePath.of("a"), file("y")))
                .isInstanceOf(PathConflictException.class)
                .hasMessage("cannot add the file \"a\": the directory \"a/\" already exists");
    }

    @Test
    void refusesADirectoryInPlaceOfAFileAndAddsNothing() throws Exception {
        FileTree.Builder builder = FileTree.builder().putFile(TreePath.of("a/b"), file("x"));

        assertThatThrownBy(() -> builder.putFile(TreePath.of("a/b/c/d"), file("y")))
                .isInstanceOf(PathConflictException.class)
                .hasMessage("cannot add \"a/b/c/d\": the file \"a/b\" exists where a directory is needed");
        assertThatThrownBy(() -> builder.putDirectory(TreePath.of("a/b"))).isInstanceOf(PathConflictException.class);
        assertThat(builder.size()).isEqualTo(2);
    }

    @Test
    void refusesADirectoryWhoseNameEndsInDots() throws Exception {
        FileTree.Builder builder = FileTree.builder().putFile(TreePath.of("a.."), file("x"));

        assertThatThrownBy(() -> builder.putDirectory(TreePath.of("b..")))
                .isInstanceOf(UnsafePathException.class)
                .hasMessageContaining("b../");
    }

    @Test
    void builderShowsItsEntriesAndBuildsSnapshots() throws Exception {
        FileTree.Builder builder = FileTree.builder().putFile(TreePath.of("a/b"), file("x"));
        FileTree before = builder.build();
        builder.putFile(TreePath.of("a/c"), file("y"));

        assertThat(paths(builder.below(TreePath.of("a")))).containsExactly("a/b", "a/c");
        assertThat(paths(builder.below(TreePath.ROOT))).containsExactly("a", "a/b", "a/c");
        assertThat(builder.get(TreePath.of("a/c"))).contains(file("y"));
        assertThat(paths(before.nodes())).containsExactly("a", "a/b");
    }

    @Test
    void filteringADirectoryRemovesItsEntries() throws Exception {
        FileTree tree = tree("a/b/c", "a/d", "e");

        FileTree filtered = tree.filter(node -> !node.path().name().equals("b"));

        assertThat(paths(filtered.nodes())).containsExactly("a", "a/d", "e");
        assertThat(tree.filter(node -> true)).isSameAs(tree);
    }

    @Test
    void isImmutable() throws Exception {
        FileTree tree = tree("a");

        assertThatThrownBy(() -> tree.nodes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalsByPathsModesAndContent() throws Exception {
        FileEntry a = FileEntry.of(false, bytes("x"));
        FileEntry b = new FileEntry(false, a.sha256(), Blob.of(bytes("x")));

        assertThat(single("f", a)).isEqualTo(single("f", b)).hasSameHashCodeAs(single("f", b));
        assertThat(single("f", a))
                .isNotEqualTo(single("g", a))
                .isNotEqualTo(single("f", FileEntry.of(true, bytes("x"))));
    }

    record Golden(String name, FileTree tree, String hash) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Published revisions are these hashes, so they must never change for a version tag. */
    static Stream<Golden> goldenHashes() throws Exception {
        return Stream.of(
                new Golden(
                        "empty", FileTree.empty(), "41c923e1f23d3d1c2399a985173bede51d8596f797d7766954ed727696aa83bb"),
                new Golden("directory", tree("a/"), "590458c40cbf7cca91c5ac3977f2da49bf6dc6c4728e5ef38b98309ff524afb5"),
                new Golden("file", tree("a"), "9824498c5bed553b9a2337968b022eea24e8e754c0221e473d650e6556971b3c"),
                new Golden(
                        "executable",
                        single("a", FileEntry.of(true, bytes("a"))),
                        "1a419490a8bfa5a7a4b87ffb9b2231f89bfa21a2e3d241757fcba121806427e7"),
                new Golden(
                        "nested",
                        tree("a/b/c.yaml", "a/é", "z/"),
                        "93fa3e3d90cee07361082c0c3edfee58f38637c1345050b4f0e9538235ff99fc"));
    }

    @ParameterizedTest
    @MethodSource("goldenHashes")
    void contentHashMatchesTheExpectedOne(Golden golden) {
        assertThat(golden.tree.contentHash().hex()).isEqualTo(golden.hash);
    }

    @Test
    void contentHashUsesTheDocumentedEncoding() throws Exception {
        byte[] content = Digest.ofBytes(DigestAlgorithm.SHA256, bytes("a/é")).bytes();
        java.io.ByteArrayOutputStream encoded = new java.io.ByteArrayOutputStream();
        encoded.writeBytes(bytes("sluice-tree/1\n"));
        encoded.writeBytes(bytes("d\0\0\0\u0001a"));
        encoded.writeBytes(bytes("f\0\0\0\u0004a/é"));
        encoded.writeBytes(content);

        assertThat(tree("a/é").contentHash()).isEqualTo(Digest.ofBytes(DigestAlgorithm.SHA256, encoded.toByteArray()));
    }

    @Test
    void contentHashDistinguishesTrees() throws Exception {
        List<FileTree> trees = List.of(
                FileTree.empty(),
                tree("a"),
                tree("a/"),
                tree("a/b"),
                tree("ab"),
                tree("a", "b"),
                tree("b"),
                single("a", FileEntry.of(true, bytes("a"))),
                single("a", FileEntry.of(false, bytes("b"))),
                single("a", FileEntry.of(false, new byte[0])));

        assertThat(trees.stream().map(FileTree::contentHash)).doesNotHaveDuplicates();
    }

    private static FileTree tree(String... paths) throws Exception {
        FileTree.Builder builder = FileTree.builder();
        for (String path : paths) {
            if (path.endsWith("/")) {
                builder.putDirectory(TreePath.of(path.substring(0, path.length() - 1)));
            } else {
                builder.putFile(TreePath.of(path), file(path));
            }
        }
        return builder.build();
    }

    private static FileTree single(String path, FileEntry file) throws Exception {
        return FileTree.builder().putFile(TreePath.of(path), file).build();
    }

    private static FileEntry file(String content) {
        return FileEntry.of(false, bytes(content));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> paths(List<FileTree.Node> nodes) {
        return nodes.stream().map(node -> node.path().toString()).toList();
    }
}
