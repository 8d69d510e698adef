package dev.sluice.reconciler.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolves plain (unquoted) scalars as the Go tools that read Flux sources do: mostly YAML 1.1. */
final class YamlScalar {

    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");
    private static final Pattern LEADING_DOT_FLOAT =
            Pattern.compile("\\.[0-9]+(?:_[0-9]+)*+(?:[eE][-+]?[0-9]+(?:_[0-9]+)*+)?");

    private static final Map<String, Object> WORDS = Map.ofEntries(
            Map.entry("y", true),
            Map.entry("yes", true),
            Map.entry("true", true),
            Map.entry("on", true),
            Map.entry("n", false),
            Map.entry("no", false),
            Map.entry("false", false),
            Map.entry("off", false),
            Map.entry(".inf", Double.POSITIVE_INFINITY),
            Map.entry("+.inf", Double.POSITIVE_INFINITY),
            Map.entry("-.inf", Double.NEGATIVE_INFINITY));

    /** Base-60 numbers of YAML 1.1: read as text, but quoted for readers that interpret them. */
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])++(?:\\.[0-9_]*)?");

    private static final int LONGEST_WORD = "false".length();

    private YamlScalar() {}

    /** Whether every reader reads the unquoted text as text. */
    static boolean isText(String text) {
        return text.equals(resolve(text))
                && !YamlTimestamp.matches(text)
                && !BASE_60.matcher(text).matches();
    }

    /** Returns null, a {@code Boolean}, a {@code BigInteger}, a {@code Double} or the text itself. */
    static @Nullable Object resolve(String text) {
        if (text.isEmpty() || text.equals("~") || isWord(text, "null")) {
            return null;
        }
        Object word = text.length() <= LONGEST_WORD ? word(text) : null;
        return word != null ? word : number(text);
    }

    private static @Nullable Object word(String text) {
        if (text.equals(".nan") || text.equals(".NaN") || text.equals(".NAN")) {
            return Double.NaN;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        Object word = WORDS.get(lower);
        return word != null && isWord(text, lower) ? word : null;
    }

    /** Whether the text is the word in lower case, upper case or capitalized. */
    private static boolean isWord(String text, String word) {
        return text.equals(word) || text.equals(word.toUpperCase(Locale.ROOT)) || text.equals(capitalized(word));
    }

    private static String capitalized(String word) {
        int first = word.indexOf('.') + 1;
        return word.substring(0, first) + Character.toUpperCase(word.charAt(first)) + word.substring(first + 1);
    }

    private static Object number(String text) {
        char first = text.charAt(0);
        if (first == '.') {
            return LEADING_DOT_FLOAT.matcher(text).matches() ? decimal(text.replace("_", ""), text) : text;
        }
        if (first != '+' && first != '-' && (first < '0' || first > '9')) {
            return text;
        }
        String plain = text.replace("_", "");
        Matcher integer = INTEGER.matcher(plain);
        Object value = integer.matches() ? integer(integer) : null;
        if (value != null) {
            return value;
        }
        return FLOAT.matcher(plain).matches() ? decimal(plain, text) : text;
    }

    /**
     * Parses an integer with the limits of the reference: decimal within the range of a double, others up to 64 bits.
     * Returns null for a larger one.
     */
    private static @Nullable BigInteger integer(Matcher matcher) {
        int[] radixes = {16, 2, 8, 10};
        for (int i = 0; i < radixes.length; i++) {
            String digits = matcher.group(i + 2);
            if (digits != null) {
                return integer(digits, radixes[i], matcher.group(1));
            }
        }
        throw new IllegalStateException("no digits in " + matcher.group());
    }

    private static @Nullable BigInteger integer(String digits, int radix, String sign) {
        if (radix == 10) {
            boolean representable = !Double.isInfinite(Double.parseDouble(digits));
            return representable ? new BigInteger(sign + digits) : null;
        }
        String significant = LEADING_ZEROS.matcher(digits).replaceFirst("");
        if (significant.length() > Long.SIZE) {
            return null;
        }
        BigInteger value = new BigInteger(sign + "0" + significant, radix);
        return value.bitLength() <= (sign.isEmpty() ? Long.SIZE : Long.SIZE - 1) ? value : null;
    }

    /** Parses a decimal number; one too large for a double stays text. */
    private static Object decimal(String digits, String text) {
        double value = Double.parseDouble(digits);
        return Double.isInfinite(value) ? text : (Object) value;
    }
}
