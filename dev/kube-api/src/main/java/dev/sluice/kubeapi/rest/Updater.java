package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.lifecycle.Terminating;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Implements the verb update, and stores the results of patches. */
final class Updater {

    private final Store store;
    private final Preparation preparation;
    private final FieldTracking ownership;

    Updater(Store store, Preparation preparation, FieldTracking ownership) {
        this.store = store;
        this.preparation = preparation;
        this.ownership = ownership;
    }

    Written update(Call call, ObjectNode body, WriteOptions options) {
        Endpoint endpoint = call.endpoint();
        List<String> warnings = TypeCheck.decode(endpoint, body, options.strictness());
        ObjectMeta meta = ObjectMeta.of(body);
        requireName(call, meta);
        TypeCheck.placeInNamespace(endpoint, call.path().namespace(), meta);
        while (true) {
            StoredObject current = store.get(endpoint.storageName(), call.key());
            if (current == null) {
                throw call.notFound();
            }
            requirePreconditions(call, current, meta);
            ObjectNode old = endpoint.tree(current);
            ObjectNode decoded = Preparation.decoded(endpoint, body.deepCopy(), old);
            ObjectNode owned = ownership.afterUpdate(call, old, decoded, options.manager());
            ObjectNode prepared = preparation.forUpdate(endpoint, old, owned, call.status());
            Optional<ObjectNode> stored = replace(call, current, prepared, options.dryRun());
            if (stored.isPresent()) {
                return new Written(200, stored.get(), warnings);
            }
        }
    }

    private static void requireName(Call call, ObjectMeta meta) {
        String name = call.path().name();
        if (meta.name().isEmpty()) {
            throw ApiException.badRequest(
                    "the name of the object (based on URL " + name + ") was undeterminable: name must be provided");
        }
        if (!meta.name().equals(name)) {
            throw ApiException.badRequest(
                    "the name of the object (" + meta.name() + ") does not match the name on the URL (" + name + ")");
        }
    }

    private static void requirePreconditions(Call call, StoredObject current, ObjectMeta meta) {
        ObjectMeta now = current.meta();
        if (!meta.uid().isEmpty() && !meta.uid().equals(now.uid())) {
            throw ApiException.conflict(
                    call.target(),
                    "Precondition failed: UID in precondition: " + meta.uid() + ", UID in object meta: " + now.uid());
        }
        if (meta.resourceVersion().isEmpty() || meta.resourceVersion().equals("0")) {
            if (!call.resource().behaviour().unconditionalUpdate()) {
                throw ApiException.invalid(
                        call.target(),
                        List.of(Cause.invalid("metadata.resourceVersion", "0x0", "must be specified for an update")));
            }
        } else if (!meta.resourceVersion().equals(now.resourceVersion())) {
            throw ApiException.modified(call.target());
        }
    }

    /**
     * Replaces {@code current} with a prepared object. Skips writes without changes. Deletes an object that is being
     * deleted when its last finalizer is removed.
     *
     * @return empty after a conflict with a concurrent write
     */
    Optional<ObjectNode> replace(Call call, StoredObject current, ObjectNode prepared, boolean dryRun) {
        Endpoint endpoint = call.endpoint();
        ObjectNode old = endpoint.tree(current);
        ObjectMeta meta = ObjectMeta.of(prepared);
        meta.set("resourceVersion", current.meta().resourceVersion());
        if (dryRun || prepared.equals(old)) {
            return Optional.of(prepared);
        }
        if (meta.deleting() && !Terminating.isHeld(endpoint.storageName(), prepared)) {
            return store.delete(endpoint.storageName(), current).map(endpoint::tree);
        }
        return store.update(endpoint.storageName(), current, endpoint.toStored(prepared))
                .map(endpoint::tree);
    }
}
