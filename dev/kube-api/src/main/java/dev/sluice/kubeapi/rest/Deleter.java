package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.lifecycle.Terminating;
import dev.sluice.kubeapi.object.StoreKey;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Statuses;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Implements the verb delete: removes the object, or marks it as deleting if it has finalizers. */
final class Deleter {

    /** @param gone the Status of a completed deletion, or the object that is being deleted */
    record Deletion(boolean finished, ObjectNode gone) {}

    private static final Set<String> IMMORTAL_NAMESPACES = Set.of("default", "kube-system", "kube-public");

    private final Store store;
    private final Preparation preparation;

    Deleter(Store store, Preparation preparation) {
        this.store = store;
        this.preparation = preparation;
    }

    /** @throws ApiException 404 if there is no such object, 409 if a precondition is not met */
    Deletion delete(Endpoint endpoint, StoreKey key, DeleteOptions options) {
        while (true) {
            StoredObject current = store.get(endpoint.storageName(), key);
            if (current == null) {
                throw ApiException.notFound(endpoint.target(key.name()));
            }
            Optional<Deletion> done = tryDelete(endpoint, current, options);
            if (done.isPresent()) {
                return done.get();
            }
        }
    }

    private Optional<Deletion> tryDelete(Endpoint endpoint, StoredObject current, DeleteOptions options) {
        String name = current.key().name();
        options.requireMet(endpoint.target(name), current.meta());
        requireDeletable(endpoint, name);
        ObjectNode marked =
                Terminating.mark(endpoint.storageName(), current.tree(), preparation.now(), options.finalizers());
        if (!Terminating.isHeld(endpoint.storageName(), marked)) {
            return finish(endpoint, current, options);
        }
        if (options.dryRun() || marked.equals(current.tree())) {
            return Optional.of(
                    new Deletion(false, endpoint.version().conversion().toServed(marked)));
        }
        return store.update(endpoint.storageName(), current, marked)
                .map(stored -> new Deletion(false, endpoint.tree(stored)));
    }

    private Optional<Deletion> finish(Endpoint endpoint, StoredObject current, DeleteOptions options) {
        ObjectNode status = Statuses.deleted(
                endpoint.target(current.key().name()), current.meta().uid());
        if (options.dryRun()) {
            return Optional.of(new Deletion(true, status));
        }
        return store.delete(endpoint.storageName(), current).map(gone -> new Deletion(true, status));
    }

    private static void requireDeletable(Endpoint endpoint, String name) {
        if (endpoint.storageName().equals("namespaces") && IMMORTAL_NAMESPACES.contains(name)) {
            throw ApiException.forbidden(endpoint.target(name), "this namespace may not be deleted", List.of());
        }
    }
}
