package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.schema.SchemaNode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a value merges, and the granularity of its ownership. */
enum Shape {
    /** By field. */
    FIELDS,
    /** By item: sets, and lists with keys. */
    ITEMS,
    /** As a whole. */
    ONE_VALUE;

    /** @param type null without a schema: objects then merge by field, lists as a whole */
    static Shape of(JsonNode value, @Nullable SchemaNode type) {
        if (value.isObject()) {
            return type != null && type.isAtomicMap() ? ONE_VALUE : FIELDS;
        }
        return value.isArray() && type != null && type.isAssociativeList() ? ITEMS : ONE_VALUE;
    }

    static @Nullable SchemaNode field(@Nullable SchemaNode type, String name) {
        return type == null ? null : type.field(name);
    }

    static @Nullable SchemaNode items(@Nullable SchemaNode type) {
        return type == null ? null : type.items();
    }

    static @Nullable SchemaNode below(@Nullable SchemaNode type, PathElement element) {
        return element.isField() ? field(type, element.name()) : items(type);
    }
}
