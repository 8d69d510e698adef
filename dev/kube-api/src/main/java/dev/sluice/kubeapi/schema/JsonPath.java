package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.JsonOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON path as kubectl and printer columns write it: fields, indices, slices, unions, wildcards and filters. */
record JsonPath(List<Step> steps) {

    /** One step; from each value that it is given it leads to any number of others. */
    sealed interface Step {

        record Field(String name) implements Step {}

        record Wildcard() implements Step {}

        record Recursive() implements Step {}

        /** Items from one position up to another; negative positions count from the end. Null: open. */
        record Slice(@Nullable Integer from, @Nullable Integer to, int step) implements Step {}

        record Union(List<JsonPath> paths) implements Step {}

        /** Items of a list for which left and right compare; "exists" asks for the left side only. */
        record Filter(JsonPath left, String operator, JsonPath right) implements Step {}

        /** A value that does not depend on where it stands. */
        record Literal(JsonNode value) implements Step {}
    }

    /** The path cannot be followed in this object; the column stays empty then. */
    static final class NotApplicableException extends Exception {
        private static final long serialVersionUID = 1;

        NotApplicableException(String message) {
            super(message);
        }
    }

    List<JsonNode> find(JsonNode object) throws NotApplicableException {
        List<JsonNode> values = List.of(object);
        for (Step step : steps) {
            values = follow(values, step);
        }
        return values;
    }

    private static List<JsonNode> follow(List<JsonNode> values, Step step) throws NotApplicableException {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode value : values) {
            if (step instanceof Step.Literal literal) {
                found.add(literal.value());
            } else if (step instanceof Step.Union union) {
                for (JsonPath path : union.paths()) {
                    found.addAll(path.find(value));
                }
            } else if (!value.isNull()) {
                followOne(found, value, step);
            }
        }
        return found;
    }

    private static void followOne(List<JsonNode> found, JsonNode value, Step step) throws NotApplicableException {
        if (step instanceof Step.Field field) {
            if (value.isObject() && value.has(field.name())) {
                found.add(value.get(field.name()));
            }
        } else if (step instanceof Step.Wildcard) {
            value.forEach(found::add);
        } else if (step instanceof Step.Recursive) {
            descend(found, value);
        } else if (step instanceof Step.Slice slice) {
            slice(found, value, slice);
        } else if (step instanceof Step.Filter filter) {
            filter(found, value, filter);
        }
    }

    private static void descend(List<JsonNode> found, JsonNode value) {
        if (!value.isEmpty()) {
            found.add(value);
            value.forEach(child -> descend(found, child));
        }
    }

    private static void slice(List<JsonNode> found, JsonNode value, Step.Slice slice) throws NotApplicableException {
        if (!value.isArray()) {
            throw new NotApplicableException("not a list");
        }
        int size = value.size();
        int from = absolute(slice.from() == null ? 0 : slice.from(), size);
        int to = slice.to() == null ? size : absolute(slice.to(), size);
        if (from == to) {
            return;
        }
        if (from < 0 || from >= size || to < from || to > size) {
            throw new NotApplicableException("index out of bounds");
        }
        for (int i = from; i < to; i += slice.step()) {
            found.add(value.get(i));
        }
    }

    private static int absolute(int index, int size) {
        return index < 0 ? index + size : index;
    }

    private static void filter(List<JsonNode> found, JsonNode value, Step.Filter filter) throws NotApplicableException {
        if (!value.isArray()) {
            throw new NotApplicableException("not a list");
        }
        for (JsonNode item : value) {
            List<JsonNode> lefts = filter.left().find(item);
            boolean passes = filter.operator().equals("exists")
                    ? !lefts.isEmpty()
                    : passes(lefts, filter.right().find(item), filter.operator());
            if (passes) {
                found.add(item);
            }
        }
    }

    private static boolean passes(List<JsonNode> lefts, List<JsonNode> rights, String operator)
            throws NotApplicableException {
        if (lefts.isEmpty() || rights.isEmpty()) {
            return false;
        }
        JsonNode left = lefts.get(0);
        JsonNode right = rights.get(0);
        if (lefts.size() > 1 || rights.size() > 1 || left.getNodeType() != right.getNodeType()) {
            throw new NotApplicableException("not comparable");
        }
        int order = JsonOrder.INSTANCE.compare(left, right);
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new NotApplicableException("unknown operator " + operator);
        };
    }
}
