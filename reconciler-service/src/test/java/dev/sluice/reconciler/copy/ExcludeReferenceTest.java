package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.GoReference;
import dev.sluice.reconciler.glob.DoublestarPattern;
import dev.sluice.reconciler.glob.InvalidPatternException;
import dev.sluice.reconciler.glob.StateMemory;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Exclude patterns match the same names as in source-watcher. */
class ExcludeReferenceTest {

    private static final int PATTERNS = 3000;
    private static final int NAMES = 10;

    private static final List<String> PATTERN_PIECES = List.of(
            "a",
            "b",
            "c",
            "é",
            ".",
            "*",
            "**",
            "/",
            "/**/",
            "**/",
            "/**",
            "?",
            "{",
            "}",
            ",",
            "{a,b}",
            "{c*e,cd}",
            "{a,",
            "c*e}",
            "{*,",
            "**}",
            "[ab]",
            "[!a]",
            "[^b]",
            "[}]",
            "[{]",
            "\\",
            "\\\\",
            "\\{",
            "\\}",
            "\\*",
            "-",
            "]",
            "[");
    private static final List<String> NAME_PIECES =
            List.of("a", "b", "c", "d", "e", "/", "\\", "{", "}", "*", "é", "cd", "ce", ".", "]", "-", ",");

    @Test
    void matchesTheSameNames() throws IOException {
        Random random = new Random(1);
        try (GoReference reference = GoReference.start()) {
            for (int i = 0; i < PATTERNS; i++) {
                String text = some(random, 7, PATTERN_PIECES);
                if (isValid(text) && reference.ask("check", text).ok()) {
                    DoublestarPattern pattern = DoublestarPattern.parse(text, new StateMemory());
                    for (int j = 0; j < NAMES; j++) {
                        String name = some(random, 5, NAME_PIECES);
                        assertThat(Boolean.toString(pattern.matches(name)))
                                .as("%s matches %s", text, name)
                                .isEqualTo(reference.ask("match", text, name).text());
                    }
                }
            }
        }
    }

    /** Sluice rejects some patterns that the reference accepts: those whose end no name can reach. */
    private static boolean isValid(String pattern) {
        try {
            Excludes.parse(List.of(pattern));
            return true;
        } catch (InvalidPatternException e) {
            return false;
        }
    }

    private static String some(Random random, int most, List<String> pieces) {
        StringBuilder some = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            some.append(pieces.get(random.nextInt(pieces.size())));
        }
        return some.toString();
    }
}
