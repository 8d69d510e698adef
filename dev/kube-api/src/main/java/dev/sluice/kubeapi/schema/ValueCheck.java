package dev.sluice.kubeapi.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Types and constraints of a value and all that is in it. */
final class ValueCheck {

    private final Faults faults;

    private ValueCheck(Faults faults) {
        this.faults = faults;
    }

    /** @param base path of the value in its object; messages leave it out, fields do not */
    static List<FieldError> faultsOf(JsonNode value, @Nullable JsonNode old, SchemaNode schema, String base) {
        ValueCheck check = new ValueCheck(new Faults(base));
        return check.ratcheted(value, Correlation.of(old, value, schema), schema, "")
                .errors();
    }

    /** What an update leaves as it was may stay invalid. */
    private CheckResult ratcheted(JsonNode value, @Nullable Correlation correlation, SchemaNode schema, String path) {
        CheckResult result = check(value, correlation, schema, path);
        if (result.isValid() || correlation == null || !correlation.unchanged()) {
            return result;
        }
        CheckResult ignored = new CheckResult();
        ignored.mergeIgnoring(result);
        return ignored;
    }

    private CheckResult check(JsonNode value, @Nullable Correlation correlation, SchemaNode schema, String path) {
        CheckResult result = new CheckResult();
        if (value.isNull()) {
            checkType(result, value, schema, path);
            checkEnum(result, value, schema, path);
            return result;
        }
        checkType(result, value, schema, path);
        checkCombination(result, value, correlation, schema.constraints().combination(), path);
        if (value.isString()) {
            new StringCheck(faults, schema.constraints()).check(result, value, path);
        } else if (value.isNumber()) {
            new NumberCheck(faults, schema.constraints().bounds()).check(result, value, path);
        } else if (value.isArray()) {
            checkItems(result, value, correlation, schema, path);
        }
        checkEnum(result, value, schema, path);
        if (value.isObject()) {
            checkFields(result, value, correlation, schema, path);
        }
        result.counted();
        return result;
    }

    private void checkType(CheckResult result, JsonNode value, SchemaNode schema, String path) {
        Types types = Types.of(schema);
        if (types.isOpen()) {
            return;
        }
        String mismatch = types.mismatch(value);
        if (mismatch == null) {
            result.counted();
        } else {
            result.add(faults.type(path, mismatch, types.found(value)));
        }
        result.counted();
    }

    private void checkEnum(CheckResult result, JsonNode value, SchemaNode schema, String path) {
        List<JsonNode> allowed = schema.constraints().enumeration();
        if (!allowed.isEmpty() && !Types.isAmong(value, allowed)) {
            result.add(faults.notAmong(path, value, allowed));
        }
        result.counted();
    }

    private void checkCombination(
            CheckResult result,
            JsonNode value,
            @Nullable Correlation correlation,
            Constraints.Combination combination,
            String path) {
        checkAnyOf(result, value, correlation, combination.anyOf(), path);
        checkOneOf(result, value, correlation, combination.oneOf(), path);
        checkAllOf(result, value, correlation, combination.allOf(), path);
        SchemaNode not = combination.not();
        if (not != null && check(value, correlation, not, path).isValid()) {
            result.add(faults.combined(path, " must not validate the schema (not)"));
        }
        result.counted();
    }

    private void checkAnyOf(
            CheckResult result,
            JsonNode value,
            @Nullable Correlation correlation,
            List<SchemaNode> schemas,
            String path) {
        CheckResult best = null;
        for (SchemaNode schema : schemas) {
            CheckResult one = check(value, correlation, schema, path);
            if (one.isValid()) {
                result.merge(one);
                return;
            }
            best = best == null || one.checks() > best.checks() ? one : best;
        }
        if (best != null) {
            result.add(faults.combined(path, " must validate at least one schema (anyOf)"));
            result.merge(best);
        }
    }

    private void checkOneOf(
            CheckResult result,
            JsonNode value,
            @Nullable Correlation correlation,
            List<SchemaNode> schemas,
            String path) {
        CheckResult best = null;
        CheckResult first = null;
        int valid = 0;
        for (SchemaNode schema : schemas) {
            CheckResult one = check(value, correlation, schema, path);
            if (one.isValid()) {
                valid++;
                first = first == null ? one : first;
            } else if (best == null || one.checks() > best.checks()) {
                best = one;
            }
        }
        if (valid == 1 && first != null) {
            result.merge(first);
        } else if (!schemas.isEmpty()) {
            String found = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
            result.add(faults.combined(path, " must validate one and only one schema (oneOf). " + found));
            if (valid == 0 && best != null) {
                result.merge(best);
            }
        }
    }

    private void checkAllOf(
            CheckResult result,
            JsonNode value,
            @Nullable Correlation correlation,
            List<SchemaNode> schemas,
            String path) {
        int valid = 0;
        for (SchemaNode schema : schemas) {
            CheckResult one = check(value, correlation, schema, path);
            valid += one.isValid() ? 1 : 0;
            result.merge(one);
        }
        if (valid != schemas.size()) {
            String none = valid == 0 ? ". None validated" : "";
            result.add(faults.combined(path, " must validate all the schemas (allOf)" + none));
        }
    }

    private void checkItems(
            CheckResult result, JsonNode list, @Nullable Correlation correlation, SchemaNode schema, String path) {
        SchemaNode items = schema.items();
        for (int i = 0; items != null && i < list.size(); i++) {
            Correlation item = correlation == null ? null : correlation.item(i);
            result.merge(ratcheted(list.path(i), item, items, path + "[" + i + "]"));
        }
        Long minItems = schema.constraints().sizes().minItems();
        Long maxItems = schema.constraints().sizes().maxItems();
        if (minItems != null && list.size() < minItems) {
            result.add(faults.count(path, list.size(), "should have at least " + minItems + " items"));
        }
        if (maxItems != null && list.size() > maxItems) {
            result.add(faults.tooMany(path, list.size(), maxItems));
        }
        result.counted();
        result.counted();
    }

    private void checkFields(
            CheckResult result, JsonNode object, @Nullable Correlation correlation, SchemaNode schema, String path) {
        checkFieldCount(result, object, schema.constraints().sizes(), path);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            SchemaNode child = schema.field(name);
            if (child != null) {
                Correlation below = correlation == null ? null : correlation.field(name);
                boolean typeMeta = path.isEmpty() && (name.equals("kind") || name.equals("apiVersion"));
                String childPath = schema.properties().containsKey(name) ? Paths.child(path, name) : path + "." + name;
                result.merge(
                        typeMeta
                                ? check(field.getValue(), null, child, childPath)
                                : ratcheted(field.getValue(), below, child, childPath));
            }
        }
        for (String name : schema.constraints().required()) {
            if (!object.has(name)) {
                result.add(faults.required(path + "." + name));
            }
        }
        result.counted();
    }

    private void checkFieldCount(CheckResult result, JsonNode object, Constraints.Sizes sizes, String path) {
        Long min = sizes.minProperties();
        Long max = sizes.maxProperties();
        if (min != null && object.size() < min) {
            result.add(faults.count(path, object.size(), "should have at least " + min + " properties"));
        }
        if (max != null && object.size() > max) {
            result.add(faults.tooMany(path, object.size(), max));
        }
    }
}
