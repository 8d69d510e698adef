package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.glob.BraceSyntax;
import dev.sluice.reconciler.glob.DoublestarPattern;
import dev.sluice.reconciler.glob.InvalidPatternException;
import dev.sluice.reconciler.glob.LexicalPath;
import dev.sluice.reconciler.glob.StateMemory;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The exclude patterns of a copy operation, matched against whole paths and against paths relative to the literal part
 * of its {@code from}.
 */
final class Excludes {

    private final List<DoublestarPattern> patterns;
    private final String basePrefix;

    private Excludes(List<DoublestarPattern> patterns, String basePrefix) {
        this.patterns = patterns;
        this.basePrefix = basePrefix;
    }

    static Excludes parse(List<String> patterns) throws InvalidPatternException {
        List<DoublestarPattern> parsed = new ArrayList<>();
        StateMemory memory = new StateMemory();
        for (String pattern : patterns) {
            parsed.add(DoublestarPattern.parse(pattern, memory));
            BraceSyntax.check(pattern);
        }
        return new Excludes(List.copyOf(parsed), "");
    }

    /** Returns the same patterns, also matched against paths relative to {@code base}; {@code .} is the root. */
    Excludes relativeTo(String base) {
        return new Excludes(patterns, base.equals(".") ? "" : base + "/");
    }

    boolean match(TreePath path) throws InterruptedIOException {
        if (patterns.isEmpty()) {
            return false;
        }
        String text = path.toString();
        return matchText(text) || (isBelowBase(text) && matchText(text.substring(basePrefix.length())));
    }

    private boolean isBelowBase(String path) {
        return !basePrefix.isEmpty() && path.startsWith(basePrefix);
    }

    private boolean matchText(String path) throws InterruptedIOException {
        String name = LexicalPath.baseName(path);
        for (DoublestarPattern pattern : patterns) {
            if (pattern.matches(path) || (!pattern.hasSlash() && pattern.matches(name))) {
                return true;
            }
        }
        return false;
    }
}
