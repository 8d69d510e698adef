package dev.sluice.runtime.flag;

import dev.sluice.artifact.config.ListenAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a flag takes as its value.
 *
 * @param syntax one word for the help, such as {@code duration}; empty for a boolean
 * @param allowed what a message tells the user who gave something else
 * @param canonical turns the text of a user into the text that Spring binds; throws {@link IllegalArgumentException}
 *     for what is not allowed, and may throw {@link UsageException} to word the refusal itself
 * @param merges whether a repeated flag adds to what stands, comma-separated, instead of replacing it
 */
public record FlagType(String syntax, String allowed, UnaryOperator<String> canonical, boolean merges) {

    /** Any text, also the empty one. */
    public static final FlagType STRING = new FlagType("string", "any text", text -> text);

    /** Any text but the empty one. */
    public static final FlagType REQUIRED_STRING = new FlagType("string", "a text that is not empty", text -> {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    });

    /** True or false, in the spellings that Go reads; bare means true and never takes the next argument. */
    public static final FlagType BOOLEAN = new FlagType("", "true or false", FlagType::booleanText);

    /** A Go duration of zero or more; bound as ISO-8601, which Spring reads. */
    public static final FlagType DURATION = Durations.type(true);

    /** A Go duration above zero; bound as ISO-8601, which Spring reads. */
    public static final FlagType POSITIVE_DURATION = Durations.type(false);

    /** Where a server listens: {@code :8080}, {@code 127.0.0.1:8080}, {@code [::1]:8080}. */
    public static final FlagType LISTEN_ADDRESS = new FlagType(
            "address", ListenAddress.SYNTAX, text -> ListenAddress.parse(text).toString());

    /** A Kubernetes label selector, equality- or set-based; empty selects everything. */
    public static final FlagType LABEL_SELECTOR =
            new FlagType("selector", LabelSelectorSyntax.ALLOWED, LabelSelectorSyntax::check);

    /** An amount of bytes such as {@code 512Mi}; bound as a plain number of bytes. */
    public static final FlagType BYTES = new FlagType("bytes", ByteAmount.ALLOWED, ByteAmount::canonical);

    /** A type whose repetition replaces: the last value wins. */
    public FlagType(String syntax, String allowed, UnaryOperator<String> canonical) {
        this(syntax, allowed, canonical, false);
    }

    /** A whole number within two inclusive bounds. */
    public static FlagType integer(long min, long max) {
        return new FlagType("int", "a whole number from " + min + " to " + max, text -> {
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException("out of range");
            }
            return Long.toString(value);
        });
    }

    /** A number, fractions included, from {@code min} on. */
    public static FlagType number(double min) {
        return new FlagType("number", "a number of at least " + min, text -> {
            double value = Double.parseDouble(text);
            if (!Double.isFinite(value) || value < min) {
                throw new IllegalArgumentException("out of range");
            }
            return Double.toString(value);
        });
    }

    /** One of a few words, in exactly that spelling. */
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
     * Feature gates, {@code Name=true,Other=false}; repeating the flag merges, and within the merged list the last word
     * on a gate wins. A gate that is not in {@code known} ends the start with exit code 1, as Flux controllers do.
     */
    public static FlagType featureGates(Map<String, Boolean> known) {
        Map<String, Boolean> gates = new TreeMap<>(known);
        String allowed = "a list such as " + FeatureGates.example(gates);
        return new FlagType("gates", allowed, text -> FeatureGates.canonical(text, gates), true);
    }

    /** Whether the bare flag means true. */
    public boolean isBoolean() {
        return equals(BOOLEAN);
    }

    private static String booleanText(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> "true";
            case "0", "f", "F", "false", "FALSE", "False" -> "false";
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }
}
