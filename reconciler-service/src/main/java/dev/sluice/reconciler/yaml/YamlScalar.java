package dev.sluice.reconciler.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain (unquoted) YAML scalar means to the Go tools that read Flux sources: mostly YAML 1.1. */
final class YamlScalar {

    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern LEADING_DOT_FLOAT = Pattern.compile("\\.[0-9]+(?:[eE][-+]?[0-9]+)?");

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

    private YamlScalar() {}

    /** Null, a {@code Boolean}, a {@code BigInteger}, a {@code Double} or the text itself. */
    static @Nullable Object resolve(String text) {
        if (text.isEmpty() || text.equals("~") || isWord(text, "null")) {
            return null;
        }
        if (text.equals(".nan") || text.equals(".NaN") || text.equals(".NAN")) {
            return Double.NaN;
        }
        Object word = WORDS.get(text.toLowerCase(Locale.ROOT));
        if (word != null && isWord(text, text.toLowerCase(Locale.ROOT))) {
            return word;
        }
        return number(text);
    }

    /** Words are written in lower case, in capitals or, its first letter only, as at the start of a sentence. */
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
            return LEADING_DOT_FLOAT.matcher(text).matches() ? decimal(text, text) : text;
        }
        if (first != '+' && first != '-' && (first < '0' || first > '9')) {
            return text;
        }
        String plain = text.replace("_", "");
        Matcher integer = INTEGER.matcher(plain);
        if (integer.matches()) {
            return integer(integer);
        }
        return FLOAT.matcher(plain).matches() ? decimal(plain, text) : text;
    }

    private static BigInteger integer(Matcher matcher) {
        int[] radixes = {16, 2, 8, 10};
        for (int i = 0; i < radixes.length; i++) {
            String digits = matcher.group(i + 2);
            if (digits != null) {
                BigInteger value = new BigInteger(digits, radixes[i]);
                return "-".equals(matcher.group(1)) ? value.negate() : value;
            }
        }
        throw new IllegalStateException("no digits in " + matcher.group());
    }

    /** A number too large for a double stays text. */
    private static Object decimal(String digits, String text) {
        double value = Double.parseDouble(digits);
        return Double.isInfinite(value) ? text : (Object) value;
    }
}
