package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import dev.sluice.kubeapi.schema.Pruner;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply: merges a configuration into an object and tracks field ownership. */
public final class ApplyPatch {

    private static final String BEFORE_FIRST_APPLY = "before-first-apply";
    private static final String KUBECTL = "kubectl";

    private ApplyPatch() {}

    /**
     * Returns the object to store.
     *
     * <p>If nothing changes, the times in managedFields do not change either: the result equals the live object.
     *
     * @param live the stored object, null if the apply creates it
     * @param applied the configuration, with apiVersion and kind
     * @param force whether to take over fields from other managers instead of failing
     * @throws ApplyConflict if other managers own fields that would change, and force is not set
     * @throws PatchException if the configuration contains managedFields or undeclared fields
     */
    public static ObjectNode apply(@Nullable JsonNode live, JsonNode applied, boolean force, FieldWrite write)
            throws ApplyConflict, PatchException {
        if (Managed.in(applied).isArray()) {
            throw PatchException.badRequest("metadata.managedFields must be nil");
        }
        List<String> unknown = Pruner.prune(applied.deepCopy(), write.type());
        if (!unknown.isEmpty()) {
            throw PatchException.internal(
                    "failed to create typed patch object: ." + unknown.get(0) + ": field not declared in schema");
        }
        JsonNode present = live == null ? typeOf(applied) : live;
        ObjectNode result = apply(present, applied, force, write, managers(present, write));
        if (write.manager().equals(KUBECTL)) {
            LastApplied.refresh(result, applied);
        }
        return live == null ? result : Timestamps.keptIfUnchanged(live, result);
    }

    private static ObjectNode typeOf(JsonNode applied) {
        ObjectNode empty = Json.object();
        empty.set("apiVersion", applied.path("apiVersion"));
        empty.set("kind", applied.path("kind"));
        return empty;
    }

    /** Assigns an object without managedFields to a placeholder manager. */
    private static Managed managers(JsonNode live, FieldWrite write) {
        Managed managed = Managed.parseOrNone(Managed.in(live));
        if (managed.isEmpty()) {
            Manager standIn = Manager.updating(BEFORE_FIRST_APPLY, write.apiVersion(), write.subresource());
            FieldSet all = new FieldOwnership(write, managed).changedBy(Json.object(), Managed.removedFrom(live));
            managed.add(standIn, all, write.now());
        }
        return managed;
    }

    private static ObjectNode apply(JsonNode live, JsonNode applied, boolean force, FieldWrite write, Managed managed)
            throws ApplyConflict {
        try {
            return merged(live, applied, force, write, managed.copy());
        } catch (ApplyConflict conflict) {
            if (!write.manager().equals(KUBECTL)) {
                throw conflict;
            }
            // values of kubectl's own client-side apply do not conflict
            ApplyConflict rest = conflict.without(LastApplied.fields(live, write.type()));
            if (rest != null) {
                throw rest;
            }
            return merged(live, applied, true, write, managed.copy());
        }
    }

    private static ObjectNode merged(JsonNode live, JsonNode applied, boolean force, FieldWrite write, Managed managed)
            throws ApplyConflict {
        JsonNode before = Managed.removedFrom(live);
        Manager manager = Manager.applying(write.manager(), write.subresource());
        JsonNode changed = new FieldOwnership(write, managed).apply(before, applied, manager, force);
        if (changed != null) {
            managed.touch(manager, write.now());
        }
        ObjectNode result = (ObjectNode) (changed == null ? before : changed).deepCopy();
        managed.writeTo(result);
        return result;
    }
}
