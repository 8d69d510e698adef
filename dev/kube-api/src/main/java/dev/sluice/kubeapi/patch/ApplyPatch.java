package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import dev.sluice.kubeapi.schema.Pruner;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply: merges a configuration into an object and keeps who owns which field. */
public final class ApplyPatch {

    private static final String BEFORE_FIRST_APPLY = "before-first-apply";
    private static final String KUBECTL = "kubectl";

    private ApplyPatch() {}

    /**
     * The object to store.
     *
     * <p>Applying what is there already changes nothing, the times in managedFields included: the result then equals the
     * live object.
     *
     * @param live the stored object, null when applying creates it
     * @param applied the configuration; apiVersion and kind included
     * @param force whether to take fields from others instead of failing
     * @throws ApplyConflict if others own fields that would change, and force is not given
     * @throws PatchException if the configuration carries managedFields, or fields that its type does not declare
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

    /** An object that nobody ever applied to, and whose managers are unknown, belongs to a stand-in. */
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
            // kubectl's own client-side apply of these values is no other manager
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
