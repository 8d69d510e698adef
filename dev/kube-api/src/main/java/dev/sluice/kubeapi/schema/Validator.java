package dev.sluice.kubeapi.schema;

import com.google.re2j.Pattern;
import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.Cause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Validates types and constraints of a value and its children. */
final class Validator {

    private static final Pattern BASE64 =
            Pattern.compile("^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$");

    private final List<Cause> causes = new ArrayList<>();

    private Validator() {}

    /** @param path path of the value in its object */
    static List<Cause> check(JsonNode value, SchemaNode schema, String path) {
        Validator validator = new Validator();
        validator.visit(value, schema, path);
        return validator.causes;
    }

    private void visit(JsonNode value, SchemaNode schema, String path) {
        if (!fitsType(value, schema, path) || value.isNull()) {
            return;
        }
        checkEnum(value, schema.json().path("enum"), path);
        checkCombinations(value, schema, path);
        if (value.isString()) {
            checkString(value, schema, path);
        } else if (value.isNumber()) {
            checkNumber(value, schema.json(), path);
        } else if (value.isArray()) {
            checkList(value, schema, path);
        } else if (value.isObject()) {
            checkObject(value, schema, path);
        }
    }

    private boolean fitsType(JsonNode value, SchemaNode schema, String path) {
        String expected = schema.intOrString() ? "integer,string" : schema.type();
        String found = typeOf(value);
        boolean fits = expected.isEmpty()
                || List.of(expected.split(",", -1)).contains(found)
                || (expected.equals("number") && found.equals("integer"))
                || (value.isNull() && schema.nullable());
        if (!fits) {
            causes.add(wrongType(path, expected, found));
        }
        return fits;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.doubleValue() == Math.rint(value.doubleValue()) ? "integer" : "number";
            default -> "null";
        };
    }

    private static Cause wrongType(String path, String expected, String found) {
        String shown = GoJsonText.quoted(found);
        return new Cause(
                "FieldValueTypeInvalid",
                "Invalid value: " + shown + ": " + path + " in body must be of type " + expected + ": " + shown,
                path);
    }

    private void checkEnum(JsonNode value, JsonNode allowed, String path) {
        if (allowed.isArray() && allowed.valueStream().noneMatch(item -> Json.equal(item, value))) {
            String shown = allowed.valueStream()
                    .map(item -> GoJsonText.quoted(item.asString("")))
                    .collect(Collectors.joining(", "));
            causes.add(new Cause(
                    "FieldValueNotSupported",
                    "Unsupported value: " + GoJsonText.compact(value) + ": supported values: " + shown,
                    path));
        }
    }

    private void checkCombinations(JsonNode value, SchemaNode schema, String path) {
        for (Map.Entry<String, List<SchemaNode>> combination :
                schema.combinations().entrySet()) {
            int all = combination.getValue().size();
            long valid = combination.getValue().stream()
                    .filter(one -> check(value, one, path).isEmpty())
                    .count();
            String problem = switch (combination.getKey()) {
                case "allOf" -> valid == all ? "" : "must validate all the schemas (allOf)";
                case "anyOf" -> all == 0 || valid > 0 ? "" : "must validate at least one schema (anyOf)";
                case "oneOf" -> all == 0 || valid == 1 ? "" : "must validate one and only one schema (oneOf)";
                default -> valid == 0 ? "" : "must not validate the schema (not)";
            };
            if (!problem.isEmpty()) {
                causes.add(Cause.invalid(path, "\"\"", GoJsonText.quoted(path) + " " + problem));
            }
        }
    }

    private void checkString(JsonNode value, SchemaNode schema, String path) {
        String text = value.stringValue();
        int length = text.codePointCount(0, text.length());
        JsonNode max = schema.json().path("maxLength");
        Pattern pattern = schema.pattern();
        if (max.isNumber() && length > max.longValue()) {
            causes.add(Cause.tooLong(path, "may not be more than " + max.longValue() + " bytes"));
        } else if (length < schema.json().path("minLength").asLong(0)) {
            invalid(value, path, "should be at least " + schema.json().path("minLength") + " chars long");
        } else if (pattern != null && !pattern.matcher(text).find()) {
            invalid(value, path, "should match '" + pattern.pattern() + "'");
        }
        if (!hasFormat(text, schema.format())) {
            causes.add(wrongType(path, schema.format(), text));
        }
    }

    private void invalid(JsonNode value, String path, String problem) {
        causes.add(Cause.invalid(path, GoJsonText.compact(value), path + " in body " + problem));
    }

    /** All other formats are documentation. */
    private static boolean hasFormat(String text, String format) {
        return switch (format) {
            case "date-time" -> DateTimes.isDateTime(text);
            case "byte" -> BASE64.matcher(text).find();
            default -> true;
        };
    }

    private void checkNumber(JsonNode value, JsonNode json, String path) {
        JsonNode minimum = json.path("minimum");
        JsonNode maximum = json.path("maximum");
        JsonNode factor = json.path("multipleOf");
        if (minimum.isNumber() && isBeyond(compare(minimum, value), json.path("exclusiveMinimum"))) {
            String words =
                    json.path("exclusiveMinimum").asBoolean(false) ? "greater than " : "greater than or equal to ";
            invalid(value, path, "should be " + words + GoJsonText.compact(minimum));
        }
        if (maximum.isNumber() && isBeyond(compare(value, maximum), json.path("exclusiveMaximum"))) {
            String words = json.path("exclusiveMaximum").asBoolean(false) ? "less than " : "less than or equal to ";
            invalid(value, path, "should be " + words + GoJsonText.compact(maximum));
        }
        if (factor.isNumber()
                && value.decimalValue().remainder(factor.decimalValue()).compareTo(BigDecimal.ZERO) != 0) {
            invalid(value, path, "should be a multiple of " + GoJsonText.compact(factor));
        }
    }

    private static int compare(JsonNode left, JsonNode right) {
        return left.decimalValue().compareTo(right.decimalValue());
    }

    private static boolean isBeyond(int order, JsonNode exclusive) {
        return order > 0 || (order == 0 && exclusive.asBoolean(false));
    }

    private void checkList(JsonNode list, SchemaNode schema, String path) {
        SchemaNode items = schema.items();
        for (int i = 0; items != null && i < list.size(); i++) {
            visit(list.path(i), items, path + "[" + i + "]");
        }
        checkCount(list, schema.json(), "Items", path);
        if (schema.isAssociativeList()) {
            checkDuplicates(list, schema, path);
        }
    }

    private void checkCount(JsonNode container, JsonNode json, String what, String path) {
        JsonNode max = json.path("max" + what);
        long min = json.path("min" + what).asLong(0);
        if (container.size() < min) {
            String words = path + " in body should have at least " + min + " " + what.toLowerCase(Locale.ROOT);
            causes.add(Cause.invalid(path, Integer.toString(container.size()), words));
        }
        if (max.isNumber() && container.size() > max.longValue()) {
            String words = "Too many: " + container.size() + ": must have at most " + max.longValue() + " items";
            causes.add(new Cause("FieldValueTooMany", words, path));
        }
    }

    /** Rejects duplicate values of a set and duplicate keys of a list with keys. */
    private void checkDuplicates(JsonNode list, SchemaNode schema, String path) {
        List<String> seen = new ArrayList<>();
        for (JsonNode item : list) {
            JsonNode key = schema.isSet() || !item.isObject() ? item : keyOf(item, schema);
            String shown = GoJsonText.compact(key);
            if (seen.contains(shown)) {
                String at = path + "[" + seen.size() + "]";
                causes.add(new Cause("FieldValueDuplicate", "Duplicate value: " + shown, at));
            }
            seen.add(shown);
        }
    }

    private static ObjectNode keyOf(JsonNode item, SchemaNode schema) {
        return ((ObjectNode) item.deepCopy()).retain(schema.listMapKeys());
    }

    private void checkObject(JsonNode object, SchemaNode schema, String path) {
        checkCount(object, schema.json(), "Properties", path);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            SchemaNode child = schema.field(field.getKey());
            if (child != null) {
                visit(field.getValue(), child, child(path, field.getKey()));
            }
        }
        for (JsonNode name : schema.json().path("required")) {
            if (!object.has(name.asString(""))) {
                causes.add(Cause.required(child(path, name.asString("")), ""));
            }
        }
    }

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
