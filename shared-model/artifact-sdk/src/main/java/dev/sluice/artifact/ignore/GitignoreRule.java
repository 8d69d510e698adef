package dev.sluice.artifact.ignore;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.TreePath;
import java.util.List;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/**
 * One line of a gitignore file, applied below the directory of that file.
 *
 * @param directory directory to which the pattern is relative
 * @param rule the pattern
 * @param bounded the same pattern, for names for which the rule would take too long
 */
record GitignoreRule(TreePath directory, FastIgnoreRule rule, BoundedPattern bounded) {

    /** About ten milliseconds. */
    private static final long MAX_STEPS = 1_000_000;

    /** Parses the rules of {@code text} in order; omits empty lines, comments and patterns that cannot match. */
    static List<GitignoreRule> parse(String text, TreePath directory) {
        return text.lines()
                .filter(GitignoreRule::isNotBlank)
                .map(line -> new GitignoreRule(directory, new FastIgnoreRule(line), BoundedPattern.of(line)))
                .filter(rule -> !rule.rule.isEmpty())
                .toList();
    }

    private static boolean isNotBlank(String line) {
        Interruption.checkUnchecked();
        return !line.isBlank();
    }

    boolean matches(TreePath path, boolean isDirectory) {
        if (!path.startsWith(directory)) {
            return false;
        }
        TreePath relative = path.relativize(directory);
        if (relative.isRoot()) {
            return false;
        }
        // the rule backtracks: for each star, it tries every end for every end of the preceding stars
        return bounded.stepsOfBacktracking(relative.toString()) <= MAX_STEPS
                ? rule.isMatch(relative.toString(), isDirectory)
                : bounded.matches(relative.toString(), isDirectory);
    }

    boolean excludes() {
        return rule.getResult();
    }
}
