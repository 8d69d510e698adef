package dev.sluice.artifact.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {

    record Refused(String text, String reason) {}

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused("", "empty"),
                new Refused("/", "absolute"),
                new Refused("/etc/passwd", "absolute"),
                new Refused("..", "\"..\" component"),
                new Refused("../a", "\"../\""),
                new Refused("a/..", "\"..\" component"),
                new Refused("a/../b", "\"../\""),
                new Refused("a../b", "\"../\""),
                new Refused(".", "\".\" component"),
                new Refused("./a", "\".\" component"),
                new Refused("a/./b", "\".\" component"),
                new Refused("a//b", "empty component"),
                new Refused("a/", "empty component"),
                new Refused("a\\b", "backslash"),
                new Refused("..\\a", "backslash"),
                new Refused("a\0b", "NUL"),
                new Refused("a\ud800", "not valid Unicode"),
                new Refused("\udc00\ud800", "not valid Unicode"),
                new Refused("é".repeat(2049), "longer than 4096 bytes"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesUnsafePathsAndSaysWhy(Refused refused) {
        assertThatThrownBy(() -> TreePath.of(refused.text))
                .isInstanceOf(UnsafePathException.class)
                .hasMessageContaining(refused.reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", "a..", ".hidden", "a b", "é", "𝒳", "a\nb", "-rf", "C:", "~"})
    void keepsOtherNamesUnchanged(String text) throws Exception {
        assertThat(TreePath.of(text)).hasToString(text).isEqualTo(TreePath.of(text));
    }

    /** The first and the last character of each length in UTF-8, with what is left to 4096 bytes. */
    @ParameterizedTest
    @CsvSource({"a, 1", "\u007f, 1", "\u0080, 2", "\u07ff, 2", "\u0800, 3", "\uffff, 3", "\ud800\udc00, 4"})
    void acceptsTheLongestPathAndNoByteMore(String character, int bytes) throws Exception {
        String longest = character.repeat(4096 / bytes) + "a".repeat(4096 % bytes);

        assertThat(TreePath.of(longest)).hasToString(longest);
        assertThatThrownBy(() -> TreePath.of(longest + "a"))
                .isInstanceOf(UnsafePathException.class)
                .hasMessageContaining("longer than 4096 bytes");
    }

    @Test
    void doesNotNormalizeUnicode() throws Exception {
        assertThat(TreePath.of("\u00e9")).isNotEqualTo(TreePath.of("e\u0301"));
    }

    @Test
    void navigates() throws Exception {
        TreePath path = TreePath.of("a/b/c");

        assertThat(path.name()).isEqualTo("c");
        assertThat(path.parent()).hasToString("a/b");
        assertThat(TreePath.of("a").parent()).isEqualTo(TreePath.ROOT);
        assertThat(TreePath.ROOT.parent()).isEqualTo(TreePath.ROOT);
        assertThat(TreePath.ROOT.resolve("x")).hasToString("x");
        assertThat(path.resolve("d/e")).hasToString("a/b/c/d/e");
        assertThat(path.resolve(TreePath.ROOT)).isEqualTo(path);
        assertThat(path.relativize(TreePath.of("a"))).hasToString("b/c");
        assertThat(path.relativize(TreePath.ROOT)).isEqualTo(path);
        assertThat(path.relativize(path)).isEqualTo(TreePath.ROOT);
        assertThatThrownBy(() -> path.relativize(TreePath.of("a/bb"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> path.resolve("../x")).isInstanceOf(UnsafePathException.class);
        assertThatThrownBy(() -> TreePath.of("a..").resolve("b")).isInstanceOf(UnsafePathException.class);
    }

    @Test
    void startsWithWholeComponentsOnly() throws Exception {
        assertThat(TreePath.of("ab/c").startsWith(TreePath.of("a"))).isFalse();
        assertThat(TreePath.of("a/c").startsWith(TreePath.of("a"))).isTrue();
        assertThat(TreePath.of("a").startsWith(TreePath.of("a"))).isTrue();
        assertThat(TreePath.of("a").startsWith(TreePath.ROOT)).isTrue();
        assertThat(TreePath.ROOT.startsWith(TreePath.of("a"))).isFalse();
    }

    @Test
    void ordersByComponentsAndUtf8Bytes() throws Exception {
        List<TreePath> paths = randomPaths(new Random(20261122), 2_000);
        List<TreePath> expected = new ArrayList<>(paths);
        expected.sort(TreePathTest::compareSlowly);
        Collections.sort(paths);

        assertThat(paths).isEqualTo(expected);
    }

    private static int compareSlowly(TreePath a, TreePath b) {
        Comparator<String> byBytes = (x, y) ->
                Arrays.compareUnsigned(x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
        return Arrays.compare(a.toString().split("/"), b.toString().split("/"), byBytes);
    }

    private static List<TreePath> randomPaths(Random random, int count) throws UnsafePathException {
        String[] parts = {"a", "b", "/", "-", ".x", "!", "\u0001", "é", "\ue000", "\uffff", "𝒳", "\ud7ff", "~"};
        List<TreePath> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder("long/".repeat(7 * random.nextInt(3))).append('r');
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            paths.add(TreePath.of(text.append('z').toString().replaceAll("/+", "/")));
        }
        return paths;
    }
}
