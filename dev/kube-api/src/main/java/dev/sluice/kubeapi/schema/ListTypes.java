package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.JsonOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** No item twice in a list that is a set, no key twice in one that is a map. */
final class ListTypes {

    private final List<FieldError> errors = new ArrayList<>();

    private ListTypes() {}

    static List<FieldError> check(JsonNode object, SchemaNode root) {
        ListTypes check = new ListTypes();
        check.visit(object, root, "");
        return check.errors;
    }

    private void visit(JsonNode value, SchemaNode schema, String path) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                visitField(field.getKey(), field.getValue(), schema, path);
            }
        } else if (value.isArray()) {
            checkList(value, schema, path);
            visitItems(value, schema.items(), path);
        }
    }

    private void visitField(String name, JsonNode value, SchemaNode schema, String path) {
        SchemaNode declared = schema.properties().get(name);
        SchemaNode field = schema.field(name);
        if (field != null) {
            visit(value, field, declared == null ? path + "[" + name + "]" : Paths.child(path, name));
        }
    }

    private void visitItems(JsonNode value, @Nullable SchemaNode items, String path) {
        for (int i = 0; items != null && i < value.size(); i++) {
            visit(value.path(i), items, path + "[" + i + "]");
        }
    }

    private void checkList(JsonNode list, SchemaNode schema, String path) {
        if (schema.extensions().listType().equals("set")) {
            reportTwice(list.valueStream().toList(), path);
        } else if (schema.isMapList()) {
            checkMap(list, schema, path);
        }
    }

    private void checkMap(JsonNode list, SchemaNode schema, String path) {
        List<JsonNode> keys = new ArrayList<>();
        for (JsonNode item : list) {
            if (!item.isObject() && !item.isNull()) {
                errors.add(FieldError.invalid(
                        path + "[" + keys.size() + "]", item, "must be an object for an array of list-type map"));
                return;
            }
            ObjectNode key = JsonNodeFactory.instance.objectNode();
            for (String name : schema.extensions().listMapKeys()) {
                if (item.has(name)) {
                    key.set(name, item.get(name));
                }
            }
            keys.add(key);
        }
        reportTwice(keys, path);
    }

    /** Reports each value once, where it stands for the second time. */
    private void reportTwice(List<JsonNode> values, String path) {
        Map<JsonNode, Integer> seen = new TreeMap<>(JsonOrder.INSTANCE);
        Set<Integer> reported = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            if (seen.merge(values.get(i), 1, Integer::sum) == 2 && reported.add(i)) {
                errors.add(FieldError.duplicate(path + "[" + i + "]", values.get(i)));
            }
        }
    }
}
