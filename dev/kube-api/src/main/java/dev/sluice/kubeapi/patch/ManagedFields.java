package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Maintains {@code metadata.managedFields} for writes other than server-side apply. */
public final class ManagedFields {

    private ManagedFields() {}

    /**
     * Returns the object to store for a create, an update or a patch.
     *
     * <p>The manager becomes the owner of changed fields; unchanged fields keep their owners; removed fields have none.
     * If the written object contains managedFields, these are used as a starting point, and {@code [{}]} clears them;
     * on a subresource they are ignored.
     *
     * @param live the stored object, null for a create
     * @param written the client's object after patching, pruning and defaulting
     */
    public static ObjectNode afterUpdate(@Nullable JsonNode live, JsonNode written, FieldWrite write) {
        Managed managed = startingPoint(live, written, write.subresource());
        ObjectNode result = Managed.removedFrom(written);
        if (live == null || !managed.isEmpty()) {
            Manager updater = Manager.updating(write.manager(), write.apiVersion(), write.subresource());
            JsonNode before = live == null ? Json.object() : Managed.removedFrom(live);
            FieldSet changed = new FieldOwnership(write, managed).changedBy(before, result);
            managed.add(updater, changed, write.now());
        }
        managed.writeTo(result);
        return live == null ? result : Timestamps.keptIfUnchanged(live, result);
    }

    private static Managed startingPoint(@Nullable JsonNode live, JsonNode written, String subresource) {
        JsonNode stored = live == null ? MissingNode.getInstance() : Managed.in(live);
        JsonNode sent = Managed.in(written);
        if (!subresource.isEmpty()) {
            return Managed.parseOrNone(stored);
        }
        if (sent.size() == 1 && sent.path(0).isObject() && sent.path(0).isEmpty()) {
            return Managed.none();
        }
        Managed managed = Managed.parseOrNone(sent);
        return managed.isEmpty() ? Managed.parseOrNone(stored) : managed;
    }
}
