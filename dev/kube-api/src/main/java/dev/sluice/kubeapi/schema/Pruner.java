package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drops the fields that a schema does not know, and tells which they were. What every object has (apiVersion, kind and
 * metadata) stays, at the root and in embedded resources.
 */
final class Pruner {

    private static final Set<String> META = Set.of("apiVersion", "kind", "metadata");

    private final List<String> dropped = new ArrayList<>();

    private Pruner() {}

    /** Changes the tree and returns the sorted paths of what it dropped. */
    static List<String> prune(JsonNode tree, SchemaNode root) {
        Pruner pruner = new Pruner();
        pruner.visit(tree, root, "");
        return pruner.dropped.stream().sorted().toList();
    }

    private void visit(JsonNode value, @Nullable SchemaNode schema, String path) {
        visit(value, schema, path, schema != null && schema.extensions().preserveUnknownFields());
    }

    /** @param keeping whether fields that the schema does not know stay at this level */
    private void visit(JsonNode value, @Nullable SchemaNode schema, String path, boolean keeping) {
        if (value instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                visitField(object, name, schema, path, keeping);
            }
        } else if (value.isArray()) {
            SchemaNode items = schema == null ? null : schema.items();
            int index = 0;
            for (JsonNode item : value) {
                String child = path + "[" + index++ + "]";
                if (!keeping) {
                    visit(item, items, child);
                } else if (items != null) {
                    visit(item, items, child, true);
                }
            }
        }
    }

    private void visitField(ObjectNode object, String name, @Nullable SchemaNode schema, String path, boolean keeping) {
        boolean resource = schema != null && schema.extensions().embeddedResource();
        if (resource && META.contains(name)) {
            return;
        }
        String child = path.isEmpty() ? name : path + "." + name;
        if (schema != null && (schema.field(name) != null || schema.additional() != null)) {
            visit(object.path(name), schema.field(name), child);
        } else if (!keeping) {
            object.remove(name);
            dropped.add(child);
        }
    }
}
