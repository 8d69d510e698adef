package dev.sluice.runtime.flag;

import java.time.DateTimeException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One flag of a service. The same setting given the Spring way is the property {@link #property()}.
 *
 * @param name as typed after {@code --}: lower case, words joined by dashes
 * @param type what it takes
 * @param defaultValue in the spelling that the help shows
 * @param description one sentence for the help
 * @param environment a variable that sets it where the command line does not, or null; the empty variable is unset
 * @param implied further Spring properties that a value of the flag stands for, such as {@code server.port}
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

    /** Checks the name and the default, so that a wrong definition fails in the first test that touches it. */
    public Flag {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("flag name \"" + name + "\" does not match " + NAME);
        }
        Objects.requireNonNull(type.canonical().apply(defaultValue));
    }

    /** A flag without an environment variable that implies no other property. */
    public static Flag of(String name, FlagType type, String defaultValue, String description) {
        return new Flag(name, type, defaultValue, description, null, value -> Map.of());
    }

    /** The same flag, also set by an environment variable. */
    public Flag withEnvironment(String variable) {
        return new Flag(name, type, defaultValue, description, variable, implied);
    }

    /** The same flag with another default. */
    public Flag withDefault(String value) {
        return new Flag(name, type, value, description, environment, implied);
    }

    /** The same flag with another text in the help. */
    public Flag withDescription(String text) {
        return new Flag(name, type, defaultValue, text, environment, implied);
    }

    /** The same flag, standing for further Spring properties; the function gets the canonical value. */
    public Flag implying(Function<String, Map<String, String>> properties) {
        return new Flag(name, type, defaultValue, description, environment, properties);
    }

    /** The Spring property of the flag: {@code sluice.} and its name. */
    public String property() {
        return PROPERTY_PREFIX + name;
    }

    /**
     * The canonical form of a value.
     *
     * @param origin how the user gave it, such as {@code --concurrent} or {@code STORAGE_PATH}
     * @throws UsageException naming origin, value and what is allowed
     */
    String canonical(String origin, String value) {
        try {
            return type.canonical().apply(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UsageException(
                    UsageException.BAD_USAGE,
                    origin + ": \"" + SingleLine.of(value) + "\" is not allowed; give " + type.allowed());
        }
    }
}
