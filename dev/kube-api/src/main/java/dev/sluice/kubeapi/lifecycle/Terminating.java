package dev.sluice.kubeapi.lifecycle;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects that are being deleted. */
public final class Terminating {

    static final String NAMESPACES = "namespaces";
    static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
    static final String DEFINITION_FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private Terminating() {}

    /** Whether finalizers delay the deletion. */
    public static boolean isHeld(String resource, JsonNode object) {
        boolean heldBySpec = resource.equals(NAMESPACES)
                && !Json.arrayAt(Json.objectAt(object, "spec"), "finalizers").isEmpty();
        return heldBySpec || !ObjectMeta.view(object).finalizers().isEmpty();
    }

    /**
     * Returns a copy with a deletion timestamp; an existing timestamp is kept.
     *
     * @param finalizers finalizers to add
     */
    public static ObjectNode mark(String resource, ObjectNode object, String now, List<String> finalizers) {
        ObjectNode marked = object.deepCopy();
        ObjectMeta meta = ObjectMeta.of(marked);
        if (meta.deleting()) {
            return marked;
        }
        List<String> merged = new ArrayList<>(meta.finalizers());
        List<String> wanted = resource.equals(DEFINITIONS) ? List.of(DEFINITION_FINALIZER) : finalizers;
        wanted.stream().filter(f -> !merged.contains(f)).forEach(merged::add);
        meta.finalizers(merged);
        meta.set("deletionTimestamp", now);
        meta.set("deletionGracePeriodSeconds", 0);
        if (meta.generation() > 0) {
            meta.set("generation", meta.generation() + 1);
        }
        TerminatingStatus.show(resource, marked, now);
        return marked;
    }
}
