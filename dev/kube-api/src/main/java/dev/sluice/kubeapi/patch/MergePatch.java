package dev.sluice.kubeapi.patch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch, RFC 7386. */
final class MergePatch {

    private MergePatch() {}

    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return withoutNulls(patch.deepCopy());
        }
        ObjectNode merged =
                target.isObject() ? ((ObjectNode) target).deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                merged.set(field.getKey(), apply(merged.path(field.getKey()), field.getValue()));
            }
        });
        return merged;
    }

    /** Beyond the RFC, objects in lists lose their nulls too; nulls that are items stay. */
    private static JsonNode withoutNulls(JsonNode added) {
        if (added instanceof ObjectNode object) {
            object.removeNulls();
        }
        added.forEach(MergePatch::withoutNulls);
        return added;
    }
}
