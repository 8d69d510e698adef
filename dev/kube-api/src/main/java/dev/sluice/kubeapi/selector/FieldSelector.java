package dev.sluice.kubeapi.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A parsed {@code fieldSelector}: comparisons of dotted paths with strings, combined with AND. */
public record FieldSelector(List<Term> terms) {

    /** A backslash escapes commas and equals signs in values. */
    private static final Pattern TERM = Pattern.compile("([^=!,]+)(!=|==?)((?:[^,\\\\]|\\\\.)*)(?:,|$)");

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    record Term(String path, boolean equal, String value) {}

    /**
     * Parses a selector.
     *
     * @param supported the paths that the resource supports besides name and namespace
     * @throws IllegalArgumentException if the selector is malformed or contains an unsupported path
     */
    public static FieldSelector parse(String text, Set<String> supported) {
        List<Term> terms = new ArrayList<>();
        Matcher term = TERM.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!term.find(end) || term.start() != end) {
                throw new IllegalArgumentException("invalid selector: '" + text.substring(end) + "'");
            }
            String path = term.group(1);
            if (!path.equals("metadata.name") && !path.equals("metadata.namespace") && !supported.contains(path)) {
                throw new IllegalArgumentException("field label not supported: " + path);
            }
            String value = term.group(3).replaceAll("\\\\(.)", "$1");
            terms.add(new Term(path, !term.group(2).equals("!="), value));
            end = term.end();
        }
        return new FieldSelector(terms);
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    public boolean matches(JsonNode object) {
        return terms.stream().allMatch(term -> value(object, term.path).equals(term.value) == term.equal);
    }

    private static String value(JsonNode object, String path) {
        JsonNode node = object;
        for (String field : path.split("\\.", -1)) {
            node = node.path(field);
        }
        return node.isNull() || node.isContainer() ? "" : node.asString("");
    }
}
