package dev.sluice.artifact.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line in the syntax of Flux controllers: {@code --flag=value} or {@code --flag value}; a boolean flag stands
 * alone or has {@code =value}. The last occurrence of a flag wins. Immutable.
 */
public final class Flags {

    private final Map<String, String> values;

    private Flags(Map<String, String> values) {
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
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--") || argument.length() == 2) {
                throw new IllegalArgumentException("'" + argument + "' is not a flag; use --name=value");
            }
            String[] nameAndValue = argument.substring(2).split("=", 2);
            String name = nameAndValue[0];
            if (nameAndValue.length == 2 && (valueFlags.contains(name) || booleanFlags.contains(name))) {
                values.put(name, nameAndValue[1]);
            } else if (booleanFlags.contains(name)) {
                values.put(name, "true");
            } else if (valueFlags.contains(name)) {
                if (++i == arguments.size()) {
                    throw new IllegalArgumentException("flag --" + name + " needs a value; use --" + name + "=value");
                }
                values.put(name, arguments.get(i));
            } else {
                throw new IllegalArgumentException("unknown flag: --" + name);
            }
        }
        return new Flags(values);
    }

    /** Returns the last value of a flag, which may be empty. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
