package dev.sluice.reconciler.console;

import dev.sluice.toolkit.meta.KubernetesNames;
import java.util.Arrays;
import java.util.List;

/** The namespaces whose objects the console shows: names and prefixes such as {@code team-*}; all if there are none. */
public record VisibleNamespaces(List<String> patterns) {

    /** The message of objects in other namespaces. */
    static final String NOT_SHOWN = "not shown: its namespace is not in --console-namespaces";

    private static final String ANY = "*";

    public VisibleNamespaces {
        patterns = List.copyOf(patterns);
        for (String pattern : patterns) {
            String name = pattern.endsWith(ANY) ? pattern.substring(0, pattern.length() - 1) + "x" : pattern;
            if (!KubernetesNames.isNamespace(name)) {
                throw new IllegalArgumentException(
                        "'%s' is not a namespace; use names or prefixes such as team-*".formatted(pattern));
            }
        }
    }

    /**
     * Parses a list that is separated by commas.
     *
     * @throws IllegalArgumentException if an element is not a name or prefix
     */
    public static VisibleNamespaces parse(String text) {
        return new VisibleNamespaces(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList());
    }

    boolean includes(String namespace) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, namespace));
    }

    boolean isLimited() {
        return !patterns.isEmpty();
    }

    private static boolean matches(String pattern, String namespace) {
        return pattern.endsWith(ANY)
                ? namespace.startsWith(pattern.substring(0, pattern.length() - 1))
                : namespace.equals(pattern);
    }
}
