package dev.sluice.kubeapi.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A parsed {@code fieldSelector}: comparisons of dotted paths with strings, all of which must hold. */
public record FieldSelector(List<Term> terms) {

    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    record Term(String path, boolean equal, String value) {}

    /**
     * Reads a selector.
     *
     * @param supported the paths that the resource offers, besides the object's name and namespace
     * @throws SelectorSyntaxException when the text is not a selector or names another path
     */
    public static FieldSelector parse(@Nullable String text, Set<String> supported) {
        if (text == null || text.isEmpty()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : split(text)) {
            Term term = term(part);
            boolean common = term.path.equals("metadata.name") || term.path.equals("metadata.namespace");
            if (!common && !supported.contains(term.path)) {
                throw new SelectorSyntaxException("field label not supported: " + term.path);
            }
            terms.add(term);
        }
        return new FieldSelector(terms);
    }

    private static Term term(String part) {
        int i = 0;
        while (i < part.length() && "=!".indexOf(part.charAt(i)) < 0) {
            i++;
        }
        String path = part.substring(0, i);
        for (String operator : List.of("!=", "==", "=")) {
            if (part.startsWith(operator, i)) {
                return new Term(path, !operator.equals("!="), unescape(part.substring(i + operator.length())));
            }
        }
        throw new SelectorSyntaxException("invalid selector: '" + part + "'; can't understand '" + part + "'");
    }

    /** Splits at commas that no backslash escapes. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        parts.removeIf(String::isEmpty);
        return parts;
    }

    private static String unescape(String value) {
        return value.replaceAll("\\\\(.)", "$1");
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The one name that can match, empty when the selector does not pin it. */
    public String pinnedName() {
        return terms.stream()
                .filter(t -> t.equal && t.path.equals("metadata.name"))
                .map(Term::value)
                .findFirst()
                .orElse("");
    }

    public boolean matches(JsonNode object) {
        return terms.stream().allMatch(term -> value(object, term.path).equals(term.value) == term.equal);
    }

    private static String value(JsonNode object, String path) {
        JsonNode node = object;
        for (String field : path.split("\\.", -1)) {
            if (node == null) {
                return "";
            }
            node = node.get(field);
        }
        return node == null || node.isNull() || node.isContainer() ? "" : node.asString();
    }
}
