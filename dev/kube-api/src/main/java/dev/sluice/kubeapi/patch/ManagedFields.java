package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Keeps {@code metadata.managedFields} when objects are written in other ways than by server-side apply. */
public final class ManagedFields {

    private ManagedFields() {}

    /**
     * The object to store for a create, an update or a patch.
     *
     * <p>Fields that changed move to the manager; a field written with the value it had keeps its owners; one that is
     * gone leaves all sets. When the written object carries managedFields of its own they count, as for everybody who
     * edits them by hand, and {@code [{}]}, or {@code []} on a
     * built-in kind, clears them; on a subresource they are ignored.
     *
     * @param live the stored object, null for a create
     * @param written the object as the client wants it, after patching, pruning and defaulting
     * @param manager the field manager of the request, or the first part of its user agent
     * @param apiVersion in which the object was written
     */
    public static ObjectNode afterUpdate(
            @Nullable JsonNode live,
            JsonNode written,
            String manager,
            @Nullable String subresource,
            String apiVersion,
            Instant now,
            TypeSchema type) {
        Managed managed = startingPoint(live, written, subresource, type);
        ObjectNode result = Managed.removedFrom(written);
        try {
            if (live == null || !managed.isEmpty()) {
                Manager updater = Manager.updating(manager, apiVersion, subresource);
                track(live, result, updater, subresource, now, type, managed);
            }
        } catch (TypeMismatchException e) {
            // an object that its type does not describe (an old one, under a changed schema) is written all the same
            managed = Managed.none();
        }
        managed.writeTo(result);
        return live == null ? result : Timestamps.keptIfUnchanged(live, result);
    }

    private static void track(
            @Nullable JsonNode live,
            JsonNode written,
            Manager updater,
            @Nullable String subresource,
            Instant now,
            TypeSchema type,
            Managed managed)
            throws TypeMismatchException {
        JsonNode before = live == null ? JsonNodeFactory.instance.objectNode() : Managed.removedFrom(live);
        TypedValidation.check(written, type, true);
        TypedValidation.check(before, type, true);
        FieldSet changed = new Ownership(type, subresource, updater.apiVersion(), managed).changedBy(before, written);
        add(managed, updater, changed, now);
        Ancients.bundle(managed);
    }

    /** Adds what a manager wrote to what it owned before. */
    static void add(Managed managed, Manager manager, FieldSet changed, Instant now) {
        if (changed.isEmpty()) {
            return;
        }
        ManagedEntry before = managed.get(manager);
        FieldSet owned = before == null ? changed : changed.union(before.fields());
        managed.put(new ManagedEntry(manager, manager.apiVersion(), owned, now));
    }

    private static Managed startingPoint(
            @Nullable JsonNode live, JsonNode written, @Nullable String subresource, TypeSchema type) {
        JsonNode stored = live == null ? JsonNodeFactory.instance.missingNode() : Managed.in(live);
        if (subresource != null && !subresource.isEmpty()) {
            return Managed.parseOrNone(stored);
        }
        JsonNode sent = Managed.in(written);
        if (isReset(sent, type)) {
            return Managed.none();
        }
        Managed managed = Managed.parseOrNone(sent);
        return managed.isEmpty() ? Managed.parseOrNone(stored) : managed;
    }

    private static boolean isReset(JsonNode sent, TypeSchema type) {
        return sent.isArray()
                && ((sent.isEmpty() && !type.isCustom())
                        || (sent.size() == 1
                                && sent.get(0).isObject()
                                && sent.get(0).isEmpty()));
    }
}
