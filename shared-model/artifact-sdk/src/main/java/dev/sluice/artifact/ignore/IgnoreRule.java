package dev.sluice.artifact.ignore;

import dev.sluice.artifact.tree.TreePath;
import java.util.List;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/**
 * One line of a file in gitignore syntax, which counts below the directory of that file.
 *
 * @param directory what the pattern is relative to
 * @param rule the pattern
 */
record IgnoreRule(TreePath directory, FastIgnoreRule rule) {

    /** The rules of {@code text}, in order, without empty lines, comments and patterns that can match nothing. */
    static List<IgnoreRule> parse(String text, TreePath directory) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(FastIgnoreRule::new)
                .filter(rule -> !rule.isEmpty())
                .map(rule -> new IgnoreRule(directory, rule))
                .toList();
    }

    boolean matches(TreePath path, boolean isDirectory) {
        if (!path.startsWith(directory)) {
            return false;
        }
        TreePath relative = path.relativize(directory);
        return !relative.isRoot() && rule.isMatch(relative.toString(), isDirectory);
    }

    boolean excludes() {
        return rule.getResult();
    }
}
