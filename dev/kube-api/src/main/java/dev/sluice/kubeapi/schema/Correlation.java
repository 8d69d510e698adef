package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.JsonOrder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value of an updated object beside the one that it had. List items belong together only where the list is a map.
 *
 * @param schema null where nothing is declared; what is below has no counterpart then
 */
record Correlation(JsonNode old, JsonNode value, @Nullable SchemaNode schema) {

    static @Nullable Correlation of(@Nullable JsonNode old, JsonNode value, SchemaNode schema) {
        return old == null ? null : new Correlation(old, value, schema);
    }

    @Nullable
    Correlation field(String name) {
        SchemaNode field = schema == null ? null : schema.field(name);
        JsonNode before = old.isObject() ? old.get(name) : null;
        JsonNode after = value.isObject() ? value.get(name) : null;
        return before == null || after == null || field == null ? null : new Correlation(before, after, field);
    }

    @Nullable
    Correlation item(int index) {
        SchemaNode items = schema == null ? null : schema.items();
        JsonNode after = value.isArray() ? value.get(index) : null;
        if (items == null || after == null || schema == null || !schema.isMapList()) {
            return null;
        }
        JsonNode before = ListKeys.find(old, after, schema.extensions().listMapKeys());
        return before == null ? null : new Correlation(before, after, items);
    }

    /** Whether the value is as it was; the order of a list that is a map does not count. */
    boolean unchanged() {
        if (value.isArray() && old.isArray() && schema != null && schema.isMapList()) {
            return sameItems();
        }
        if (value.isObject() && old.isObject()) {
            return value.size() == old.size() && value.propertyNames().stream().allMatch(this::sameField);
        }
        return JsonOrder.equal(old, value);
    }

    private boolean sameField(String name) {
        Correlation field = field(name);
        JsonNode before = old.get(name);
        return field == null ? before != null && JsonOrder.equal(before, value.path(name)) : field.unchanged();
    }

    private boolean sameItems() {
        boolean same = old.size() == value.size();
        for (int i = 0; same && i < value.size(); i++) {
            Correlation item = item(i);
            same = item != null && item.unchanged();
        }
        return same;
    }
}
