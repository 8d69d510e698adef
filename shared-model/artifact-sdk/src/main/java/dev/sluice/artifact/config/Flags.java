package dev.sluice.artifact.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line as Flux controllers take it: {@code --flag=value} or {@code --flag value}; a boolean flag stands alone
 * or has {@code =value}; of a repeated flag the last one counts. Immutable.
 */
public final class Flags {

    private final Map<String, String> values;

    private Flags(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads a command line.
     *
     * @param valueFlags names of flags with a value, without dashes
     * @param booleanFlags names of flags that are on when they stand alone
     * @throws IllegalArgumentException if a flag is unknown or has no value, or an argument is no flag
     */
    public static Flags parse(List<String> arguments, Set<String> valueFlags, Set<String> booleanFlags) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--") || argument.length() == 2) {
                throw new IllegalArgumentException("'" + argument + "' is not a flag: write --name=value");
            }
            String[] nameAndValue = argument.substring(2).split("=", 2);
            String name = nameAndValue[0];
            if (nameAndValue.length == 2 && (valueFlags.contains(name) || booleanFlags.contains(name))) {
                values.put(name, nameAndValue[1]);
            } else if (booleanFlags.contains(name)) {
                values.put(name, "true");
            } else if (valueFlags.contains(name)) {
                if (++i == arguments.size()) {
                    throw new IllegalArgumentException("flag --" + name + " needs a value: write --" + name + "=value");
                }
                values.put(name, arguments.get(i));
            } else {
                throw new IllegalArgumentException("unknown flag: --" + name);
            }
        }
        return new Flags(values);
    }

    /** The last value given for a flag, which may be empty. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
