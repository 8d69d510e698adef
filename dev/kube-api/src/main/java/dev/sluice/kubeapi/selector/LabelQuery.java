package dev.sluice.kubeapi.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parsed {@code labelSelector}; requirements are combined with AND: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}. */
public record LabelQuery(List<Predicate<Map<String, String>>> requirements) {

    private static final String VALUE = "([A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?";
    private static final String KEY =
            "((?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)";

    private static final Pattern REQUIREMENT = Pattern.compile("\\s*(?:(!)\\s*" + KEY + "|" + KEY
            + "\\s*(?:(==?|!=)\\s*" + VALUE + "|(in|notin)\\s*\\(([^()]*)\\))?)\\s*(?:,(?!\\s*$)|$)");

    public LabelQuery {
        requirements = List.copyOf(requirements);
    }

    /**
     * Parses a selector; an empty one selects everything.
     *
     * @throws IllegalArgumentException if the selector is malformed
     */
    public static LabelQuery parse(String text) {
        List<Predicate<Map<String, String>>> requirements = new ArrayList<>();
        Matcher requirement = REQUIREMENT.matcher(text);
        int end = 0;
        while (end < text.strip().length()) {
            if (!requirement.find(end) || requirement.start() != end) {
                throw new IllegalArgumentException("unable to parse requirement: found '" + text.substring(end) + "'");
            }
            requirements.add(requirement(requirement));
            end = requirement.end();
        }
        return new LabelQuery(requirements);
    }

    private static Predicate<Map<String, String>> requirement(Matcher parts) {
        String key = parts.group(1) == null ? parts.group(3) : parts.group(2);
        if (parts.group(1) != null) {
            return labels -> !labels.containsKey(key);
        }
        if (parts.group(6) != null) {
            Set<String> values = Set.of(parts.group(7).strip().split("\\s*,\\s*", -1));
            return among(key, values, parts.group(6).equals("in"));
        }
        if (parts.group(4) != null) {
            String value = parts.group(5) == null ? "" : parts.group(5);
            return among(key, Set.of(value), !parts.group(4).equals("!="));
        }
        return labels -> labels.containsKey(key);
    }

    private static Predicate<Map<String, String>> among(String key, Set<String> values, boolean wanted) {
        return labels -> (labels.containsKey(key) && values.contains(labels.get(key))) == wanted;
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.test(labels));
    }

    public boolean isEmpty() {
        return requirements.isEmpty();
    }
}
