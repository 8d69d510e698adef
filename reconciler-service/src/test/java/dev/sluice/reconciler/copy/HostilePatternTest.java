package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.glob.ComponentGlob;
import dev.sluice.reconciler.glob.DoublestarGlob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Patterns of 1,000 characters that are slow for backtracking matchers, against 10,000 long paths, half of them deep,
 * half of them flat. Each takes well under a second. The limit is for slow machines; exponential time would exceed it
 * by far.
 */
class HostilePatternTest {

    private static final int PATHS = 5_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static FileTree deep = FileTree.empty();
    private static FileTree flat = FileTree.empty();

    record Hostile(String name, String pattern) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hostile> patterns() {
        return Stream.of(
                repeated("stars", "*a", "b"),
                repeated("stars with gaps", "*?", "b"),
                repeated("a star and many ?", "?", "*", "b"),
                repeated("double stars", "**/a/", "b"),
                repeated("double stars only", "**/", "b"),
                repeated("stars in double stars", "**/*a*a", "/b"),
                repeated("classes", "*[ab]", "[!a]"),
                repeated("negated classes", "*[!b]", "b"),
                repeated("nested braces", "{", "*".repeat(300) + "}".repeat(350)),
                repeated("a run before a star", "*", "a".repeat(900), "b"),
                new Hostile("twenty alternatives", "{a,*}".repeat(20) + "*a".repeat(450) + "b"),
                new Hostile("twenty alternatives of double stars", "{a,**}/".repeat(20) + "**/a*/".repeat(140) + "b"),
                new Hostile("alternatives of nothing", "{,a}".repeat(20) + "{}".repeat(400) + "b"),
                new Hostile("unbounded number of states", "*a" + "?".repeat(120) + "{a,*}".repeat(20)));
    }

    private static Hostile repeated(String name, String part, String... end) {
        String tail = String.join("", end);
        return new Hostile(name, part.repeat((1000 - tail.length()) / part.length()) + tail);
    }

    @BeforeAll
    static void makeTrees() throws IOException {
        FileEntry file = FileEntry.of(false, new byte[0]);
        FileTree.Builder deepest = FileTree.builder();
        FileTree.Builder flattest = FileTree.builder();
        for (int i = 0; i < PATHS; i++) {
            String number = Integer.toString(i, 2).replace('0', 'a').replace('1', 'b');
            String name = number + "a".repeat(200 - number.length());
            deepest.putFile(TreePath.of(name.replaceAll("(..)(?=.)", "$1/")), file);
            flattest.putFile(TreePath.of(name), file);
        }
        deep = deepest.build();
        flat = flattest.build();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void excludePatternsTakeBoundedTime(Hostile hostile) {
        assertTimeoutPreemptively(LIMIT, () -> {
            Excludes excludes = Excludes.parse(List.of(hostile.pattern));
            for (FileTree.Node node : deep.nodes().subList(0, PATHS)) {
                excludes.match(node.path());
            }
            for (FileTree.Node node : flat.nodes()) {
                excludes.match(node.path());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void globsTakeBoundedTime(Hostile hostile) {
        assertTimeoutPreemptively(LIMIT, () -> {
            assertThat(ComponentGlob.parse(hostile.pattern).select(deep)).isNotNull();
            assertThat(ComponentGlob.parse(hostile.pattern).select(flat)).isNotNull();
            assertThat(DoublestarGlob.parse(hostile.pattern).select(flat)).isNotNull();
        });
    }
}
