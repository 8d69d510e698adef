package dev.sluice.kubeapi.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code "…%s…".format([…])}, which message expressions like to use: %s, %d, %f, %e, %x, %X, %o, %b and %%. */
final class FormatFunction {

    private static final Pattern CLAUSE = Pattern.compile("%(?:\\.(\\d{1,3}))?(.)");
    private static final int DEFAULT_PRECISION = 6;

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
            case "x" -> whole(value, 16);
            case "X" -> whole(value, 16).toUpperCase(java.util.Locale.ROOT);
            case "o" -> whole(value, 8);
            case "b" -> value instanceof Boolean flag ? (flag ? "1" : "0") : whole(value, 2);
            case "f" ->
                new BigDecimal(number(value))
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
            case "e" -> String.format(java.util.Locale.ROOT, "%." + precision + "e", number(value));
            default ->
                throw new CelEvaluationException(
                        "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
        };
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

    private static String text(Object value) {
        if (value instanceof NullValue) {
            return "null";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FormatFunction::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(text(key), text(item)));
            return sorted.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Double number && number == Math.rint(number) && !number.isInfinite()) {
            return new BigDecimal(number).toPlainString();
        }
        return String.valueOf(value);
    }
}
