package dev.sluice.runtime.flag;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The feature gates that the user has set.
 *
 * @param values whether each gate is enabled, by name; contains only gates that were set
 */
public record FeatureGates(Map<String, Boolean> values) {

    public FeatureGates {
        values = Map.copyOf(values);
    }

    /**
     * Parses {@code Name=true,Other=false}. Blank text sets no gate; the last value of a gate wins.
     *
     * @throws IllegalArgumentException if the text has another format
     */
    public static FeatureGates parse(String text) {
        return new FeatureGates(split(text));
    }

    /** Whether the gate is enabled; {@code byDefault} if it was not set. */
    public boolean enabled(String gate, boolean byDefault) {
        return values.getOrDefault(gate, byDefault);
    }

    static String canonical(String text, Map<String, Boolean> known) {
        Map<String, Boolean> gates = split(text);
        gates.keySet().forEach(gate -> requireKnown(gate, known.keySet()));
        StringBuilder canonical = new StringBuilder();
        gates.forEach((gate, on) -> canonical
                .append(canonical.isEmpty() ? "" : ",")
                .append(gate)
                .append('=')
                .append(on));
        return canonical.toString();
    }

    static String example(Map<String, Boolean> known) {
        StringBuilder example = new StringBuilder();
        known.forEach((gate, on) -> example.append(example.isEmpty() ? "" : ",")
                .append(gate)
                .append('=')
                .append(on));
        return example.toString();
    }

    private static void requireKnown(String gate, Set<String> known) {
        if (!known.contains(gate)) {
            throw new UsageException(
                    UsageException.BAD_SETTING,
                    "unknown feature gate \"" + gate + "\"; known gates: " + String.join(", ", known));
        }
    }

    private static Map<String, Boolean> split(String text) {
        Map<String, Boolean> gates = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                int equals = part.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("feature gate without =true or =false");
                }
                String value = FlagType.BOOLEAN
                        .canonical()
                        .apply(part.substring(equals + 1).trim());
                gates.put(part.substring(0, equals).trim(), Boolean.valueOf(value));
            }
        }
        return gates;
    }
}
