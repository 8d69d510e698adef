package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.object.StoreKey;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import dev.sluice.kubeapi.status.Target;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.util.List;

/** Rejects the creation of objects in missing or terminating namespaces. */
final class NamespaceGate {

    private final Store store;

    NamespaceGate(Store store) {
        this.store = store;
    }

    void requireOpen(Endpoint endpoint, String namespace, String name) {
        if (!endpoint.resource().namespaced()) {
            return;
        }
        StoredObject found = store.get("namespaces", new StoreKey("", namespace));
        if (found == null) {
            throw ApiException.notFound(new Target("", "namespaces", "Namespace", namespace));
        }
        if (found.meta().deleting()) {
            throw ApiException.forbidden(
                    endpoint.target(name),
                    "unable to create new content in namespace " + namespace + " because it is being terminated",
                    List.of(new Cause(
                            "NamespaceTerminating",
                            "namespace " + namespace + " is being terminated",
                            "metadata.namespace")));
        }
    }
}
