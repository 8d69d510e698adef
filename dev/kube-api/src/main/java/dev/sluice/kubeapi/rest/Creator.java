package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.object.StoreKey;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Implements the verb create. */
final class Creator {

    private final Store store;
    private final Preparation preparation;
    private final FieldTracking ownership;
    private final NamespaceGate namespaces;

    Creator(Store store, Preparation preparation, FieldTracking ownership, NamespaceGate namespaces) {
        this.store = store;
        this.preparation = preparation;
        this.ownership = ownership;
        this.namespaces = namespaces;
    }

    Written create(Endpoint endpoint, String namespace, ObjectNode body, WriteOptions options) {
        requireNotClosed(endpoint);
        List<String> warnings = TypeCheck.decode(endpoint, body, options.strictness());
        ObjectMeta meta = ObjectMeta.of(body);
        if (!meta.resourceVersion().isEmpty()) {
            throw ApiException.of(500, "", "resourceVersion should not be set on objects to be created");
        }
        TypeCheck.placeInNamespace(endpoint, namespace, meta);
        namespaces.requireOpen(endpoint, namespace, meta.name());
        ObjectNode decoded = Preparation.decoded(endpoint, body, null);
        ObjectNode owned = ownership.afterCreate(endpoint, decoded, options.manager());
        ObjectNode prepared = preparation.forCreate(endpoint, owned);
        return new Written(201, store(endpoint, prepared, options.dryRun()), warnings);
    }

    /** Stores an object that a server-side apply creates. */
    Written createApplied(Endpoint endpoint, ObjectNode applied, WriteOptions options, List<String> warnings) {
        requireNotClosed(endpoint);
        ObjectMeta meta = ObjectMeta.of(applied);
        namespaces.requireOpen(endpoint, meta.namespace(), meta.name());
        ObjectNode prepared = preparation.forCreate(endpoint, applied);
        return new Written(201, store(endpoint, prepared, options.dryRun()), warnings);
    }

    private static void requireNotClosed(Endpoint endpoint) {
        if (endpoint.resource().closed()) {
            throw ApiException.of(
                    405, "MethodNotAllowed", "create not allowed while custom resource definition is terminating");
        }
    }

    private ObjectNode store(Endpoint endpoint, ObjectNode prepared, boolean dryRun) {
        StoreKey key = ObjectMeta.of(prepared).key();
        if (dryRun) {
            if (store.get(endpoint.storageName(), key) != null) {
                throw ApiException.alreadyExists(endpoint.target(key.name()));
            }
            return prepared;
        }
        Optional<StoredObject> created = store.create(endpoint.storageName(), key, endpoint.toStored(prepared));
        return endpoint.tree(created.orElseThrow(() -> ApiException.alreadyExists(endpoint.target(key.name()))));
    }
}
