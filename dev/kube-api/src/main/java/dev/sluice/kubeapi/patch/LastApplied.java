package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.SchemaNode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The annotation in which kubectl's client-side apply stores the last applied configuration. */
final class LastApplied {

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final int MAX_ANNOTATION_BYTES = 256 * 1024;

    private LastApplied() {}

    /** Returns the fields that still have their value of the last client-side apply, if any. */
    static FieldSet fields(JsonNode live, SchemaNode type) {
        String text = annotation(live);
        if (text.isEmpty()) {
            return FieldSet.EMPTY;
        }
        try {
            JsonNode last = Json.parse(text);
            if (!last.path("apiVersion").equals(live.path("apiVersion"))) {
                return FieldSet.EMPTY;
            }
            Comparison comparison = Comparison.of(last, Managed.removedFrom(live), type);
            return ObjectFields.of(last, type)
                    .owned()
                    .difference(comparison.changed())
                    .difference(comparison.removed());
        } catch (JacksonException e) {
            // an invalid annotation allows nothing
            return FieldSet.EMPTY;
        }
    }

    private static String annotation(JsonNode object) {
        return object.path("metadata").path("annotations").path(ANNOTATION).asString("");
    }

    /** Updates the annotation, so that server-side and client-side apply can be mixed. */
    static void refresh(ObjectNode object, JsonNode applied) {
        if (annotation(object).isEmpty()) {
            return;
        }
        JsonNode copy = applied.deepCopy();
        if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
        }
        String text = GoJsonText.compact(copy) + "\n";
        ObjectNode annotations = (ObjectNode) object.path("metadata").path("annotations");
        if (text.length() > MAX_ANNOTATION_BYTES) {
            annotations.remove(ANNOTATION);
        } else {
            annotations.put(ANNOTATION, text);
        }
    }
}
