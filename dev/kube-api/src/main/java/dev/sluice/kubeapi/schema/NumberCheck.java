package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.JsonText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Limits of numbers. Whole numbers are compared as such, with limits cut to whole ones, as on the real server. */
record NumberCheck(Faults faults, Constraints.Bounds bounds) {

    void check(CheckResult result, JsonNode value, String path) {
        checkMultiple(result, value, path);
        checkMinimum(result, value, path);
        checkMaximum(result, value, path);
        result.counted();
        result.counted();
    }

    private void checkMultiple(CheckResult result, JsonNode value, String path) {
        Double factor = bounds.multipleOf();
        if (factor != null && !isMultiple(value, factor)) {
            result.add(faults.value(path, value, "should be a multiple of " + shown(value, factor)));
        }
    }

    /** Larger whole numbers are floating ones to the real server. */
    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    private static boolean isMultiple(JsonNode value, double factor) {
        if (isWhole(value)) {
            long whole = (long) factor;
            return whole > 0 && value.longValue() % whole == 0;
        }
        double times = factor < 1 ? 1 / factor * value.doubleValue() : value.doubleValue() / factor;
        return times == Math.rint(times);
    }

    private void checkMinimum(CheckResult result, JsonNode value, String path) {
        Double minimum = bounds.minimum();
        if (minimum == null) {
            return;
        }
        int order = compare(value, minimum);
        if (order < 0 || (order == 0 && bounds.exclusiveMinimum())) {
            String words =
                    bounds.exclusiveMinimum() ? "should be greater than " : "should be greater than or equal to ";
            result.add(faults.value(path, value, words + shown(value, minimum)));
        }
    }

    private void checkMaximum(CheckResult result, JsonNode value, String path) {
        Double maximum = bounds.maximum();
        if (maximum == null) {
            return;
        }
        int order = compare(value, maximum);
        if (order > 0 || (order == 0 && bounds.exclusiveMaximum())) {
            String words = bounds.exclusiveMaximum() ? "should be less than " : "should be less than or equal to ";
            result.add(faults.value(path, value, words + shown(value, maximum)));
        }
    }

    private static int compare(JsonNode value, @Nullable Double limit) {
        double bound = limit == null ? 0 : limit;
        return isWhole(value)
                ? Long.compare(value.longValue(), (long) bound)
                : Double.compare(value.doubleValue(), bound);
    }

    private static String shown(JsonNode value, double limit) {
        return isWhole(value)
                ? Long.toString((long) limit)
                : JsonText.number(JsonNodeFactory.instance.numberNode(limit));
    }
}
