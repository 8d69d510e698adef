package dev.sluice.artifact.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.tree.TreePath;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns whose matching takes exponential time with backtracking. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SourceIgnoreBoundsTest {

    @ParameterizedTest
    @CsvSource({
        "'a*a*a*a*a*a*a*a*a*a*a*b', 200",
        "'*a*a*a*a*a*a*a*a*a*a*a*b', 200",
        "'a************************b', 200",
        "'dir/**/a*a*a*a*a*a*a*a*a*a*b', 200",
        "'[a]*[a]*[a]*[a]*[a]*[a]*[a]*b', 200",
        "'?*?*?*?*?*?*?*?*?*b', 200",
        "'*a*b', 3900",
        "'*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa*b', 3900"
    })
    void matchesPatternsWithManyStarsInBoundedTime(String pattern, int length) throws Exception {
        SourceIgnore ignore = SourceIgnore.withPatterns(pattern);
        String name = "dir/" + "a".repeat(length);

        assertThat(ignore.ignores(TreePath.of(name), false)).isFalse();
        assertThat(ignore.ignores(TreePath.of(name + "b"), false)).isTrue();
        assertThat(ignore.ignores(TreePath.of(name + "b/c"), false)).isTrue();
        assertThat(ignore.ignores(TreePath.of(name + "c"), false)).isFalse();
    }

    /** Both matchers agree for every name; a single star is always matched by JGit. */
    @Test
    void theBoundedMatcherAgreesWithJGit() {
        Random random = new Random(11);
        List<String> parts = List.of(
                "a", "b", "*", "**", "?", "/", "[ab]", "[!a]", "a*", "*b*", "/**/", "c", "[a-c]", "[^b-d]", "[a-bd]",
                "\\*");
        List<String> names = List.of("a", "b", "c", "/", "ab", "ba", "/a", "/b", "d", "*");
        int matched = 0;
        for (int i = 0; i < 30_000; i++) {
            String pattern = text(random, parts, 6);
            String path = text(random, names, 7).replaceAll("/+", "/").replaceAll("^/|/$", "");
            FastIgnoreRule rule = new FastIgnoreRule(pattern);
            if (path.isEmpty()
                    || rule.isEmpty()
                    || pattern.contains("//")
                    || BoundedPattern.of(pattern).mostStars() < 2) {
                continue;
            }
            boolean directory =
                    pattern.endsWith("/") || random.nextBoolean(); // after "**/", JGit treats files as directories
            boolean expected = rule.isMatch(path, directory);
            matched += expected ? 1 : 0;
            assertThat(BoundedPattern.of(pattern).matches(path, directory))
                    .as("%s for %s, a directory: %s", pattern, path, directory)
                    .isEqualTo(expected);
        }
        assertThat(matched).isGreaterThan(200);
    }

    @Test
    void aSlashAtTheEndAsksForADirectory() {
        BoundedPattern pattern = BoundedPattern.of("!a*b*/ ");

        assertThat(pattern.matches("axbx", true)).isTrue();
        assertThat(pattern.matches("axbx", false)).isFalse();
        assertThat(pattern.matches("axbx/c", false)).as("what is in it").isTrue();
    }

    /** Two stars over the nine letters of the longest name: each pair of ends. */
    @Test
    void theStepsThatAreCountedAreThoseOfTryingAllEnds() {
        assertThat(BoundedPattern.of("x/a*a*").stepsOfBacktracking("ab/aaaaaaaaa/c"))
                .isEqualTo(55);
        assertThat(BoundedPattern.of("a*").stepsOfBacktracking("aaaaaaaaa")).isZero();
    }

    private static String text(Random random, List<String> parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }
}
