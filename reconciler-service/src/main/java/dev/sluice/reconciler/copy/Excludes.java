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
import org.jspecify.annotations.Nullable;

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
        return matching(path) != null;
    }

    /** The first pattern that matches. */
    @Nullable
    DoublestarPattern matching(TreePath path) throws InterruptedIOException {
        if (patterns.isEmpty()) {
            return null;
        }
        String text = path.toString();
        DoublestarPattern whole = matchText(text);
        return whole == null && isBelowBase(text) ? matchText(text.substring(basePrefix.length())) : whole;
    }

    private boolean isBelowBase(String path) {
        return !basePrefix.isEmpty() && path.startsWith(basePrefix);
    }

    private @Nullable DoublestarPattern matchText(String path) throws InterruptedIOException {
        String name = LexicalPath.baseName(path);
        for (DoublestarPattern pattern : patterns) {
            if (pattern.matches(path) || (!pattern.hasSlash() && pattern.matches(name))) {
                return pattern;
            }
        }
        return null;
    }
}
