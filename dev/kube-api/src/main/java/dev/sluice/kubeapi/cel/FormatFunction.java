package dev.sluice.kubeapi.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.sluice.kubeapi.json.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code "…%s…".format([…])}, which message expressions like to use: %s, %d, %f, %e, %x, %X, %o, %b and %%. */
final class FormatFunction {

    private static final Pattern CLAUSE = Pattern.compile("%(?:\\.(\\d{1,3}))?(.)");
    private static final int DEFAULT_PRECISION = 6;
    private static final int SMALLEST_EXPONENT = -4;
    private static final int LARGEST_EXPONENT = 6;
    private static final String SUPERSCRIPTS = "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

    private FormatFunction() {}

    static List<CelFunction> all() {
        List<CelType> types = List.of(SimpleType.STRING, ListType.create(SimpleType.DYN));
        return List.of(CelFunction.named("format")
                .method(
                        "string_format",
                        SimpleType.STRING,
                        types,
                        CelFunctionBinding.from("string_format", String.class, List.class, FormatFunction::format))
                .build());
    }

    private static String format(String text, List<?> arguments) throws CelEvaluationException {
        Matcher clause = CLAUSE.matcher(text);
        StringBuilder out = new StringBuilder();
        int next = 0;
        while (clause.find()) {
            String shown = "%";
            if (!clause.group(2).equals("%")) {
                if (next == arguments.size()) {
                    throw new CelEvaluationException("index " + next + " out of range");
                }
                int precision = clause.group(1) == null ? DEFAULT_PRECISION : Integer.parseInt(clause.group(1));
                shown = shown(clause.group(2), precision, arguments.get(next++));
            }
            clause.appendReplacement(out, Matcher.quoteReplacement(shown));
        }
        return clause.appendTail(out).toString();
    }

    private static String shown(String verb, int precision, Object value) throws CelEvaluationException {
        return switch (verb) {
            case "s" -> text(value);
            case "d" -> whole(value, 10);
            case "x" -> hexadecimal(value);
            case "X" -> hexadecimal(value).toUpperCase(Locale.ROOT);
            case "o" -> whole(value, 8);
            case "b" -> value instanceof Boolean flag ? (flag ? "1" : "0") : whole(value, 2);
            case "f" ->
                new BigDecimal(number(value))
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
            case "e" -> scientific(number(value), precision);
            default ->
                throw new CelEvaluationException(
                        "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
        };
    }

    private static String hexadecimal(Object value) throws CelEvaluationException {
        if (value instanceof String text) {
            return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        }
        return value instanceof CelByteString bytes ? HexFormat.of().formatHex(bytes.toByteArray()) : whole(value, 16);
    }

    private static String whole(Object value, int radix) throws CelEvaluationException {
        if (value instanceof Long number) {
            return Long.toString(number, radix);
        }
        throw new CelEvaluationException("error during formatting: integer clause can only be used on integers");
    }

    private static double number(Object value) throws CelEvaluationException {
        if (value instanceof Double || value instanceof Long) {
            return ((Number) value).doubleValue();
        }
        throw new CelEvaluationException("error during formatting: fixed-point clause can only be used on doubles");
    }

    /** At the top level a string is itself, within lists and maps it is quoted. */
    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof CelByteString bytes ? bytes.toStringUtf8() : nested(value);
    }

    private static String nested(Object value) {
        if (value instanceof NullValue) {
            return "null";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FormatFunction::nested).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(nested(key), nested(item)));
            return sorted.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof String text) {
            return JsonText.quoted(text);
        }
        if (value instanceof Duration duration) {
            return plain(BigDecimal.valueOf(duration.toNanos(), 9)) + "s";
        }
        return value instanceof Double number ? shortest(number) : String.valueOf(value);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** As few digits as tell the number apart; with an exponent from a million on. */
    private static String shortest(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return String.valueOf(number);
        }
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = digits.signum() == 0 ? 0 : digits.precision() - digits.scale() - 1;
        if (exponent >= SMALLEST_EXPONENT && exponent < LARGEST_EXPONENT) {
            return plain(digits);
        }
        String mantissa = plain(digits.movePointLeft(exponent));
        return mantissa + (exponent < 0 ? "e-" : "e+") + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    private static String scientific(double number, int precision) {
        String[] parts =
                String.format(Locale.ROOT, "%." + precision + "e", number).split("e", 2);
        StringBuilder exponent = new StringBuilder();
        parts[1].chars()
                .filter(c -> c != '+')
                .forEach(c -> exponent.append(SUPERSCRIPTS.charAt("-0123456789".indexOf(c))));
        return parts[0] + "\u00d710" + exponent;
    }
}
