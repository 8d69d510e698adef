package dev.sluice.artifact.ignore;

import java.util.Arrays;
import java.util.List;

/**
 * A gitignore pattern that matches in time proportional to at most the product of the lengths of pattern and path, and
 * that can be interrupted. Supports stars, question marks, character classes with ranges, and backslashes.
 *
 * @param components the pattern, split at slashes
 * @param anchored whether it is relative to the directory; otherwise it matches a name at any depth
 * @param directoryOnly whether it ends in a slash
 * @param mostStars maximum number of stars in a component
 */
record BoundedPattern(List<ComponentPattern> components, boolean anchored, boolean directoryOnly, int mostStars) {

    /** @param line a line of an ignore file */
    static BoundedPattern of(String line) {
        String pattern = line.startsWith("!") ? line.substring(1) : line;
        pattern = pattern.stripTrailing();
        boolean directoryOnly = pattern.endsWith("/");
        while (pattern.endsWith("/")) {
            pattern = pattern.substring(0, pattern.length() - 1);
        }
        boolean anchored = pattern.indexOf('/') >= 0;
        List<ComponentPattern> components = Arrays.stream(pattern.split("/"))
                .filter(component -> !component.isEmpty())
                .map(ComponentPattern::of)
                .toList();
        int mostStars =
                components.stream().mapToInt(ComponentPattern::stars).max().orElse(0);
        return new BoundedPattern(components, anchored, directoryOnly, mostStars);
    }

    /** Returns the maximum number of steps of a matcher that backtracks. */
    long stepsOfBacktracking(String path) {
        if (mostStars < 2) {
            return 0;
        }
        int longest = 0;
        for (int start = 0, end; start <= path.length(); start = end + 1) {
            end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            longest = Math.max(longest, end - start);
        }
        double steps = 1;
        for (int star = 1; star <= mostStars && steps < Long.MAX_VALUE; star++) {
            steps = steps * (longest + star) / star;
        }
        return (long) steps;
    }

    /** Whether the pattern matches the path, or a directory above it. */
    boolean matches(String path, boolean isDirectory) {
        String[] names = path.split("/");
        for (int length = 1; length <= names.length; length++) {
            boolean found =
                    anchored ? matchesAll(names, length) : components.get(0).matches(names[length - 1]);
            if (found && (length < names.length || isDirectory || !directoryOnly)) {
                return true;
            }
        }
        return false;
    }

    /** Only the last {@code **} has to be extended on a mismatch. */
    private boolean matchesAll(String[] names, int length) {
        int component = 0;
        int name = 0;
        int wild = -1;
        int wildEnd = 0;
        while (name < length) {
            if (component < components.size() && components.get(component).isAnyPath()) {
                wild = component++;
                wildEnd = name;
            } else if (component < components.size()
                    && components.get(component).matches(names[name])) {
                component++;
                name++;
            } else if (wild >= 0) {
                component = wild + 1;
                name = ++wildEnd;
            } else {
                return false;
            }
        }
        return component == components.size();
    }
}
