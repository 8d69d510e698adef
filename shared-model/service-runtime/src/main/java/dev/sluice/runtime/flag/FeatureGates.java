package dev.sluice.runtime.flag;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The feature gates that a user set, in the order first named.
 *
 * @param values gate name to whether it is on; gates that nobody set are absent
 */
public record FeatureGates(Map<String, Boolean> values) {

    /** Copies the map. */
    public FeatureGates {
        values = Map.copyOf(values);
    }

    /**
     * Reads {@code Name=true,Other=false}; blank text means that none was set, and the last word on a gate wins.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static FeatureGates parse(String text) {
        return new FeatureGates(split(text));
    }

    /** Whether the gate is on; {@code byDefault} where nobody set it. */
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
                    throw new IllegalArgumentException("a gate without =true or =false");
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
