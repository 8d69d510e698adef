package dev.sluice.kubeapi;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.object.StoreKey;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.store.Store;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Creates the objects that every new cluster has: the system namespaces. */
final class InitialObjects {

    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");

    private InitialObjects() {}

    static void create(Store store, ResourceRegistry registry, Clock clock) {
        var rules = registry.preferred("namespaces").orElseThrow().version().rules();
        for (String name : NAMESPACES) {
            ObjectNode namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
            ObjectMeta meta = ObjectMeta.of(namespace);
            meta.set("name", name);
            meta.set("uid", UUID.randomUUID().toString());
            meta.set(
                    "creationTimestamp",
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            // namespaces from a data directory are not changed
            store.create("namespaces", new StoreKey("", name), rules.complete(namespace, null));
        }
    }
}
