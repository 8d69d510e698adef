package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Removes fields that are not in the schema. */
public final class Pruner {

    private final List<String> dropped = new ArrayList<>();

    private Pruner() {}

    /** Modifies the tree; returns the sorted paths of the removed fields, as in {@code spec.items[0].colour}. */
    public static List<String> prune(JsonNode tree, SchemaNode root) {
        Pruner pruner = new Pruner();
        pruner.visit(tree, root, "");
        return pruner.dropped.stream().sorted().toList();
    }

    private void visit(JsonNode value, @Nullable SchemaNode schema, String path) {
        if (schema == null) {
            return;
        }
        if (value instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                String child = path.isEmpty() ? name : path + "." + name;
                if (schema.field(name) != null) {
                    visit(object.path(name), schema.field(name), child);
                } else if (!schema.isOpen()) {
                    object.remove(name);
                    dropped.add(child);
                }
            }
        } else if (value.isArray()) {
            int index = 0;
            for (JsonNode item : value) {
                visit(item, schema.items(), path + "[" + index++ + "]");
            }
        }
    }
}
