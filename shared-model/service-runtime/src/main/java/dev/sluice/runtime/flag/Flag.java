package dev.sluice.runtime.flag;

import java.time.DateTimeException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A flag of a service. The same setting as a Spring property is {@link #property()}.
 *
 * @param name name after {@code --}: lower-case words joined by dashes
 * @param type type of the value
 * @param defaultValue default, as shown in the help
 * @param description one sentence for the help
 * @param environment environment variable that sets the flag if the command line does not, or null; an empty variable
 *     counts as unset
 * @param implied further Spring properties that a value sets, such as {@code server.port}
 */
public record Flag(
        String name,
        FlagType type,
        String defaultValue,
        String description,
        @Nullable String environment,
        Function<String, Map<String, String>> implied) {

    private static final String PROPERTY_PREFIX = "sluice.";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Validates the name and the default, so that a wrong definition fails early. */
    public Flag {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("flag name \"" + name + "\" does not match " + NAME);
        }
        Objects.requireNonNull(type.canonical().apply(defaultValue));
    }

    /** Creates a flag without an environment variable that sets no other properties. */
    public static Flag of(String name, FlagType type, String defaultValue, String description) {
        return new Flag(name, type, defaultValue, description, null, value -> Map.of());
    }

    /** Returns a copy that can also be set by an environment variable. */
    public Flag withEnvironment(String variable) {
        return new Flag(name, type, defaultValue, description, variable, implied);
    }

    /** Returns a copy with another default. */
    public Flag withDefault(String value) {
        return new Flag(name, type, value, description, environment, implied);
    }

    /** Returns a copy with another description. */
    public Flag withDescription(String text) {
        return new Flag(name, type, defaultValue, text, environment, implied);
    }

    /** Returns a copy that also sets other Spring properties; the function gets the canonical value. */
    public Flag implying(Function<String, Map<String, String>> properties) {
        return new Flag(name, type, defaultValue, description, environment, properties);
    }

    /** Returns the Spring property of the flag: {@code sluice.} and its name. */
    public String property() {
        return PROPERTY_PREFIX + name;
    }

    /**
     * Returns the canonical form of a value.
     *
     * @param origin source of the value, such as {@code --concurrent} or {@code STORAGE_PATH}
     * @throws UsageException if the value is invalid; names the origin, the value and the allowed values
     */
    String canonical(String origin, String value) {
        try {
            return type.canonical().apply(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UsageException(
                    UsageException.BAD_USAGE,
                    origin + ": \"" + SingleLine.of(value) + "\" is not allowed; use " + type.allowed());
        }
    }
}
