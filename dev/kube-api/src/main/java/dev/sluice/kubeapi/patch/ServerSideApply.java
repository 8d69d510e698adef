package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply: merges a configuration into an object and keeps who owns which field. */
public final class ServerSideApply {

    private static final String BEFORE_FIRST_APPLY = "before-first-apply";
    private static final String KUBECTL = "kubectl";

    private ServerSideApply() {}

    /**
     * The object to store.
     *
     * <p>Applying what is there already changes nothing, the times in managedFields included: the result then equals the
     * live object.
     *
     * @param live the stored object, null when applying creates it
     * @param applied the configuration; apiVersion and kind included
     * @param manager the field manager, not empty
     * @param force whether to take fields from others instead of failing
     * @throws ApplyConflict if others own fields that would change, and force is not given
     * @throws PatchException if the configuration carries managedFields, or does not have the shape of its type
     */
    public static ObjectNode apply(
            @Nullable JsonNode live,
            JsonNode applied,
            String manager,
            boolean force,
            @Nullable String subresource,
            TypeSchema type,
            Instant now)
            throws ApplyConflict, PatchException {
        if (!Managed.in(applied).isMissingNode() && !Managed.in(applied).isNull()) {
            throw PatchException.badRequest("metadata.managedFields must be nil");
        }
        Run run =
                new Run(stored(live, applied), applied, Manager.applying(manager, subresource), subresource, type, now);
        ObjectNode result = run.apply(force, manager.equals(KUBECTL));
        if (manager.equals(KUBECTL)) {
            LastApplied.refresh(result, applied);
        }
        return live == null ? result : Timestamps.keptIfUnchanged(live, result);
    }

    private static JsonNode stored(@Nullable JsonNode live, JsonNode applied) {
        if (live != null) {
            return live;
        }
        ObjectNode empty = JsonNodeFactory.instance.objectNode();
        empty.set("apiVersion", applied.path("apiVersion"));
        empty.set("kind", applied.path("kind"));
        return empty;
    }

    private record Run(
            JsonNode live,
            JsonNode applied,
            Manager manager,
            @Nullable String subresource,
            TypeSchema type,
            Instant now) {

        ObjectNode apply(boolean force, boolean fromKubectl) throws ApplyConflict, PatchException {
            JsonNode before = Managed.removedFrom(live);
            check(applied, "failed to create typed patch object (", false);
            check(before, "failed to create typed live object (", true);
            try {
                Managed managed = managers(before);
                try {
                    return apply(before, managed.copy(), force);
                } catch (ApplyConflict conflict) {
                    if (!fromKubectl) {
                        throw conflict;
                    }
                    // kubectl's own client-side apply of these values is no other manager
                    ApplyConflict rest = conflict.without(LastApplied.fields(live, type));
                    if (rest != null) {
                        throw rest;
                    }
                    return apply(before, managed.copy(), true);
                }
            } catch (TypeMismatchException e) {
                throw PatchException.internal("failed to merge config: " + e.getMessage());
            }
        }

        private void check(JsonNode object, String action, boolean duplicatesAllowed) throws PatchException {
            try {
                TypedValidation.check(object, type, duplicatesAllowed);
            } catch (TypeMismatchException e) {
                throw PatchException.internal(action + named(object) + "): " + e.getMessage());
            }
        }

        private static String named(JsonNode object) {
            JsonNode metadata = object.path("metadata");
            String apiVersion = object.path("apiVersion").asString("");
            return metadata.path("namespace").asString("") + "/"
                    + metadata.path("name").asString("") + "; "
                    + (apiVersion.contains("/") ? apiVersion : "/" + apiVersion) + ", Kind="
                    + object.path("kind").asString("");
        }

        /** An object that nobody ever applied to, and whose managers are unknown, belongs to a stand-in. */
        private Managed managers(JsonNode before) throws TypeMismatchException, PatchException {
            Managed managed;
            try {
                managed = Managed.parse(Managed.in(live));
            } catch (IllegalArgumentException e) {
                throw PatchException.internal("failed to decode managed fields: " + e.getMessage());
            }
            if (managed.isEmpty()) {
                Manager standIn = Manager.updating(BEFORE_FIRST_APPLY, apiVersion(), subresource);
                JsonNode nothing = JsonNodeFactory.instance.objectNode();
                FieldSet all = new Ownership(type, subresource, apiVersion(), managed).changedBy(nothing, before);
                ManagedFields.add(managed, standIn, all, now);
            }
            return managed;
        }

        private String apiVersion() {
            return applied.path("apiVersion").asString("");
        }

        private ObjectNode apply(JsonNode before, Managed managed, boolean force)
                throws ApplyConflict, TypeMismatchException {
            JsonNode changed =
                    new Ownership(type, subresource, apiVersion(), managed).apply(before, applied, manager, force);
            if (changed != null) {
                managed.touch(manager, now);
            }
            ObjectNode result = (ObjectNode) (changed == null ? before : changed).deepCopy();
            managed.writeTo(result);
            return result;
        }
    }
}
