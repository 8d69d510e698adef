package dev.sluice.runtime.flag;

import dev.sluice.artifact.config.ListenAddress;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The type of a flag's value.
 *
 * @param syntax one word for the help, such as {@code duration}; empty for a boolean
 * @param allowed description of the allowed values, for error messages
 * @param canonical converts the user's text into the text that Spring binds; throws {@link IllegalArgumentException} if
 *     it is invalid, or a {@link UsageException} with its own message
 * @param merges whether repeated values are joined with commas instead of replaced
 */
public record FlagType(String syntax, String allowed, UnaryOperator<String> canonical, boolean merges) {

    /** Any string, including the empty one. */
    public static final FlagType STRING = new FlagType("string", "any string", text -> text);

    /** Any non-empty string. */
    public static final FlagType REQUIRED_STRING = new FlagType("string", "a non-empty string", text -> {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    });

    /** Any string; repeated values are joined with commas. */
    public static final FlagType STRINGS = new FlagType("string", "any string", text -> text, true);

    /** SPIFFE IDs of authorized peers; repeated values are joined with commas. Only the default can be empty. */
    public static final FlagType SPIFFE_IDS = new FlagType("id", AuthorizedSpiffeIds.FORMS, FlagType::spiffeIds, true);

    /** True or false in Go's notation; without a value it means true and never consumes the next argument. */
    public static final FlagType BOOLEAN = new FlagType("", "true or false", FlagType::booleanText);

    /** A Go duration of zero or more; bound as ISO-8601, which Spring can parse. */
    public static final FlagType DURATION = Durations.type(true);

    /** A Go duration above zero; bound as ISO-8601, which Spring can parse. */
    public static final FlagType POSITIVE_DURATION = Durations.type(false);

    /** A listen address: {@code :8080}, {@code 127.0.0.1:8080}, {@code [::1]:8080}. */
    public static final FlagType LISTEN_ADDRESS = new FlagType(
            "address", ListenAddress.SYNTAX, text -> ListenAddress.parse(text).toString());

    /** A Kubernetes label selector, equality-based or set-based; empty selects everything. */
    public static final FlagType LABEL_SELECTOR =
            new FlagType("selector", LabelSelectorSyntax.ALLOWED, LabelSelectorSyntax::check);

    /** A number of bytes such as {@code 512Mi}; bound as a plain number. */
    public static final FlagType BYTES = new FlagType("bytes", ByteAmount.ALLOWED, ByteAmount::canonical);

    /** Creates a type whose last value wins. */
    public FlagType(String syntax, String allowed, UnaryOperator<String> canonical) {
        this(syntax, allowed, canonical, false);
    }

    /** An integer within inclusive bounds. */
    public static FlagType integer(long min, long max) {
        return new FlagType("int", "an integer from " + min + " to " + max, text -> {
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException("out of range");
            }
            return Long.toString(value);
        });
    }

    /** A number of at least {@code min}. */
    public static FlagType number(double min) {
        return new FlagType("number", "a number of at least " + min, text -> {
            double value = Double.parseDouble(text);
            if (!Double.isFinite(value) || value < min) {
                throw new IllegalArgumentException("out of range");
            }
            return Double.toString(value);
        });
    }

    /** One of the given words, case-sensitive. */
    public static FlagType oneOf(String... words) {
        List<String> known = List.of(words);
        return new FlagType("string", "one of " + String.join(", ", known), text -> {
            if (!known.contains(text)) {
                throw new IllegalArgumentException("unknown word");
            }
            return text;
        });
    }

    /**
     * Feature gates, {@code Name=true,Other=false}. Values of repeated flags are merged; the last value of a gate wins.
     * A gate that is not in {@code known} ends the start with exit code 1, as in Flux controllers.
     */
    public static FlagType featureGates(Map<String, Boolean> known) {
        Map<String, Boolean> gates = new TreeMap<>(known);
        String allowed = "a list such as " + FeatureGates.example(gates);
        return new FlagType("gates", allowed, text -> FeatureGates.canonical(text, gates), true);
    }

    /** Whether the flag without a value means true. */
    public boolean isBoolean() {
        return equals(BOOLEAN);
    }

    private static String spiffeIds(String text) {
        return text.isEmpty()
                ? text
                : AuthorizedSpiffeIds.parse(List.of(text.split(",", -1))).toString();
    }

    private static String booleanText(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> "true";
            case "0", "f", "F", "false", "FALSE", "False" -> "false";
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }
}
