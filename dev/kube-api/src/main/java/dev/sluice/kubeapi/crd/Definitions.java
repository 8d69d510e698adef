package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Resource;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the served resources in sync with the stored CRDs, and sets the CRDs' conditions. */
public final class Definitions {

    public static final String RESOURCE = "customresourcedefinitions.apiextensions.k8s.io";

    /** The resource of a CRD, cached until the CRD changes. */
    private record Compiled(StoredObject definition, Resource resource) {}

    private final Store store;
    private final ResourceRegistry registry;
    private final Clock clock;
    private final Map<String, Compiled> compiled = new HashMap<>();
    private Set<String> served = Set.of();

    /** Called with the name of a resource that is no longer served. */
    private volatile Consumer<String> onRemoval = resource -> {};

    public Definitions(Store store, ResourceRegistry registry, Clock clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
        store.onChange(resource -> {
            if (resource.equals(RESOURCE)) {
                sync();
            }
        });
        sync();
    }

    /** Runs before the write of a CRD is answered, so that its kinds are served when the client gets the response. */
    private synchronized void sync() {
        List<Resource> resources = new ArrayList<>();
        List<StoredObject> definitions = store.list(RESOURCE, "").objects();
        compiled.keySet()
                .retainAll(definitions.stream().map(d -> d.key().name()).toList());
        for (StoredObject definition : definitions) {
            resources.add(resource(definition));
            report(definition);
        }
        publish(resources);
    }

    public void onRemoval(Consumer<String> listener) {
        onRemoval = listener;
    }

    private void publish(List<Resource> resources) {
        Set<String> now = new HashSet<>();
        resources.forEach(resource -> now.add(resource.storageName()));
        now.stream().filter(name -> !served.contains(name)).forEach(store::open);
        registry.replaceCustom(resources);
        served.stream().filter(name -> !now.contains(name)).forEach(onRemoval);
        served = now;
    }

    private Resource resource(StoredObject definition) {
        String name = definition.key().name();
        Compiled known = compiled.get(name);
        ObjectNode spec = Json.objectAt(definition.tree(), "spec");
        boolean closed = definition.meta().deleting();
        if (known == null
                || known.resource.closed() != closed
                || !Json.objectAt(known.definition.tree(), "spec").equals(spec)) {
            known = new Compiled(definition, DefinedResource.of(spec, closed));
            compiled.put(name, known);
        }
        return known.resource;
    }

    private void report(StoredObject definition) {
        ObjectNode tree = definition.tree().deepCopy();
        CrdConditions conditions = new CrdConditions(
                tree, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.set("NamesAccepted", "NoConflicts", "no conflicts found");
        conditions.set("Established", "InitialNamesAccepted", "the initial names have been accepted");
        Json.objectAt(tree, "status")
                .set(
                        "acceptedNames",
                        Json.objectAt(Json.objectAt(tree, "spec"), "names").deepCopy());
        if (!tree.equals(definition.tree()) && !definition.meta().deleting()) {
            // the concurrent write that won calls this again
            store.update(RESOURCE, definition, tree);
        }
    }
}
