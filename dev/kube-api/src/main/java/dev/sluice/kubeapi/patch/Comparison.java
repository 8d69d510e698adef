package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.schema.SchemaNode;
import tools.jackson.databind.JsonNode;

/**
 * What changes from one object to another. No path is in two of the sets.
 *
 * @param removed paths that only the old object has
 * @param modified paths with another value
 * @param added paths that only the new object has
 */
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {

    static Comparison of(JsonNode before, JsonNode after, SchemaNode type) {
        ObjectFields old = ObjectFields.of(before, type);
        ObjectFields fresh = ObjectFields.of(after, type);
        return new Comparison(old.without(fresh), fresh.differing(old), fresh.without(old));
    }

    FieldSet changed() {
        return modified.union(added);
    }

    /** Without the paths at or below those given. */
    Comparison ignoring(FieldSet ignored) {
        return new Comparison(
                removed.recursiveDifference(ignored),
                modified.recursiveDifference(ignored),
                added.recursiveDifference(ignored));
    }
}
