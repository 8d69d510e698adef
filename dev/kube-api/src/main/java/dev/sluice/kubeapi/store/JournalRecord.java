package dev.sluice.kubeapi.store;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.StoreKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A write.
 *
 * @param resource the resource; empty for a record that only sets the revision
 * @param object the object; null for a deletion
 */
record JournalRecord(
        long revision,
        String resource,
        StoreKey key,
        @Nullable ObjectNode object) {

    static JournalRecord revisionOnly(long revision) {
        return new JournalRecord(revision, "", new StoreKey("", ""), null);
    }

    byte[] encode() {
        ObjectNode node = Json.object()
                .put("revision", revision)
                .put("resource", resource)
                .put("namespace", key.namespace())
                .put("name", key.name());
        if (object != null) {
            node.set("object", object);
        }
        return Json.bytes(node);
    }

    static JournalRecord decode(byte[] json) {
        JsonNode node = Json.parse(json);
        StoreKey key = new StoreKey(Json.stringAt(node, "namespace"), Json.stringAt(node, "name"));
        ObjectNode object = node.get("object") instanceof ObjectNode present ? present : null;
        return new JournalRecord(Json.longAt(node, "revision"), Json.stringAt(node, "resource"), key, object);
    }
}
