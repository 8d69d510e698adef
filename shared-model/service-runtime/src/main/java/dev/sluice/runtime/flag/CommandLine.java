package dev.sluice.runtime.flag;

import java.util.List;
import java.util.Map;

/**
 * A parsed command line.
 *
 * @param values canonical values by flag name, for the flags that were given
 * @param springArguments arguments whose name contains a dot: Spring properties, passed on unchanged
 * @param ignored arguments that are not flags
 * @param help whether {@code --help} or {@code -h} was given
 * @param version whether {@code --version} was given
 */
public record CommandLine(
        Map<String, String> values, List<String> springArguments, List<String> ignored, boolean help, boolean version) {

    public CommandLine {
        values = Map.copyOf(values);
        springArguments = List.copyOf(springArguments);
        ignored = List.copyOf(ignored);
    }
}
