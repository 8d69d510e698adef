package dev.sluice.artifact.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line in the syntax of Flux controllers: {@code --flag=value} or {@code --flag value}; a boolean flag stands
 * alone or has {@code =value}. The last occurrence of a flag wins, unless it can be repeated. Immutable.
 */
public final class Flags {

    private final Map<String, List<String>> values;

    private Flags(Map<String, List<String>> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Parses a command line.
     *
     * @param valueFlags names of flags with a value, without dashes
     * @param booleanFlags names of boolean flags, without dashes
     * @throws IllegalArgumentException if a flag is unknown or has no value, or an argument is not a flag
     */
    public static Flags parse(List<String> arguments, Set<String> valueFlags, Set<String> booleanFlags) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--") || argument.length() == 2) {
                throw new IllegalArgumentException("'" + argument + "' is not a flag; use --name=value");
            }
            String[] nameAndValue = argument.substring(2).split("=", 2);
            String name = nameAndValue[0];
            if (nameAndValue.length == 2 && (valueFlags.contains(name) || booleanFlags.contains(name))) {
                add(values, name, nameAndValue[1]);
            } else if (booleanFlags.contains(name)) {
                add(values, name, "true");
            } else if (valueFlags.contains(name)) {
                if (++i == arguments.size()) {
                    throw new IllegalArgumentException("flag --" + name + " needs a value; use --" + name + "=value");
                }
                add(values, name, arguments.get(i));
            } else {
                throw new IllegalArgumentException("unknown flag: --" + name);
            }
        }
        return new Flags(values);
    }

    private static void add(Map<String, List<String>> values, String name, String value) {
        values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
    }

    /** Returns the last value of a flag, which may be empty. */
    public Optional<String> value(String name) {
        List<String> all = values(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Returns the values of all occurrences of a flag, in their order. */
    public List<String> values(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }
}
