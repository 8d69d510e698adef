package dev.sluice.kubeapi.json;

import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A total order of JSON values, in which {@code 1}, {@code 1L} and {@code 1.0} are equal and the order of an object's
 * keys does not count. Jackson's own equality tells the number types apart.
 */
public final class JsonOrder implements Comparator<JsonNode> {

    /** The only instance. */
    public static final JsonOrder INSTANCE = new JsonOrder();

    private JsonOrder() {}

    /** Whether both are the same value. */
    public static boolean equal(JsonNode left, JsonNode right) {
        return INSTANCE.compare(left, right) == 0;
    }

    @Override
    public int compare(JsonNode left, JsonNode right) {
        int rank = Integer.compare(rank(left), rank(right));
        if (rank != 0) {
            return rank;
        }
        return switch (rank(left)) {
            case 0 -> numbers(left, right);
            case 1 -> left.stringValue().compareTo(right.stringValue());
            case 2 -> Boolean.compare(left.booleanValue(), right.booleanValue());
            case 3 -> arrays(left, right);
            case 4 -> objects(left, right);
            default -> 0;
        };
    }

    private static int rank(JsonNode node) {
        if (node.isNumber()) {
            return 0;
        }
        if (node.isString()) {
            return 1;
        }
        if (node.isBoolean()) {
            return 2;
        }
        if (node.isArray()) {
            return 3;
        }
        return node.isObject() ? 4 : 5;
    }

    private static int numbers(JsonNode left, JsonNode right) {
        if (left.isFloatingPointNumber() || right.isFloatingPointNumber()) {
            return Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
        }
        return left.bigIntegerValue().compareTo(right.bigIntegerValue());
    }

    private int arrays(JsonNode left, JsonNode right) {
        Iterator<JsonNode> lefts = left.iterator();
        Iterator<JsonNode> rights = right.iterator();
        while (lefts.hasNext() && rights.hasNext()) {
            int order = compare(lefts.next(), rights.next());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private int objects(JsonNode left, JsonNode right) {
        Iterator<String> lefts = new TreeSet<>(left.propertyNames()).iterator();
        Iterator<String> rights = new TreeSet<>(right.propertyNames()).iterator();
        while (lefts.hasNext() && rights.hasNext()) {
            String leftName = lefts.next();
            String rightName = rights.next();
            int order = leftName.compareTo(rightName);
            if (order == 0) {
                order = compare(left.get(leftName), right.get(rightName));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
