package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.resource.Endpoint;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Objects between their deletion and their end. */
final class Terminating {

    private Terminating() {}

    /** Whether nothing holds the object back any more besides {@code metadata.finalizers}. */
    static boolean complete(Endpoint endpoint, ObjectNode object) {
        boolean namespace = endpoint.storageName().equals("namespaces");
        return !namespace
                || Json.arrayAt(Json.objectAt(object, "spec"), "finalizers").isEmpty();
    }

    /** Marks a copy of the object as going, keeping the first mark. */
    static ObjectNode mark(ObjectNode object, String now, List<String> finalizers) {
        ObjectNode marked = object.deepCopy();
        ObjectMeta meta = ObjectMeta.of(marked);
        List<String> merged = new ArrayList<>(meta.finalizers());
        finalizers.stream().filter(f -> !merged.contains(f)).forEach(merged::add);
        meta.finalizers(merged);
        if (!meta.deleting()) {
            meta.set("deletionTimestamp", now);
            meta.set("deletionGracePeriodSeconds", 0);
            if (meta.generation() > 0) {
                meta.set("generation", meta.generation() + 1);
            }
        }
        return marked;
    }
}
