package dev.sluice.reconciler.glob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Patterns match as in Go. {@code glob-matches.tsv} has answers of {@code path.Match} (segment) and of the doublestar
 * library (path) to random patterns: dialect, pattern, name, whether it matches.
 */
class GlobReferenceTest {

    private static List<String[]> rows() throws IOException {
        try (var resource = GlobReferenceTest.class.getResourceAsStream("glob-matches.tsv")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }

    @Test
    void matchesTheSameNamesAsGo() throws Exception {
        assertThat(rows()).hasSizeGreaterThan(500);
        SoftAssertions softly = new SoftAssertions();
        for (String[] row : rows()) {
            boolean matches = row[0].equals("segment")
                    ? SegmentGlob.parse(row[1]).matches(row[2])
                    : DoublestarPattern.parse(row[1], new StateMemory()).matches(row[2]);
            softly.assertThat(matches)
                    .as("%s pattern %s matches %s", row[0], row[1], row[2])
                    .isEqualTo(Boolean.valueOf(row[3]));
        }
        softly.assertAll();
    }

    @Test
    void everythingBelowADirectoryIncludesTheDirectory() throws Exception {
        DoublestarPattern pattern = DoublestarPattern.parse("a/**", new StateMemory());

        assertThat(pattern.matches("a")).isTrue();
        assertThat(pattern.matches("a/b/c")).isTrue();
        assertThat(pattern.matches("ab")).isFalse();
    }
}
