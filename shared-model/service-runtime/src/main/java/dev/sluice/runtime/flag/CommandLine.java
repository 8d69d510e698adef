package dev.sluice.runtime.flag;

import java.util.List;
import java.util.Map;

/**
 * What a command line said.
 *
 * @param values flag name to canonical value, for the flags that were given
 * @param springArguments arguments whose name holds a dot: Spring properties, handed on untouched
 * @param ignored arguments that belong to no flag
 * @param help whether {@code --help} or {@code -h} was given
 * @param version whether {@code --version} was given
 */
public record CommandLine(
        Map<String, String> values, List<String> springArguments, List<String> ignored, boolean help, boolean version) {

    /** Copies the collections. */
    public CommandLine {
        values = Map.copyOf(values);
        springArguments = List.copyOf(springArguments);
        ignored = List.copyOf(ignored);
    }
}
