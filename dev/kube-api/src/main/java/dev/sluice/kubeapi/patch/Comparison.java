package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.schema.SchemaNode;
import tools.jackson.databind.JsonNode;

/**
 * The differences between two objects. No path is in two of the sets.
 *
 * @param removed paths that only the old object has
 * @param modified paths with different values
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

    /** Returns the comparison without the given paths and all paths below them. */
    Comparison ignoring(FieldSet ignored) {
        return new Comparison(
                removed.recursiveDifference(ignored),
                modified.recursiveDifference(ignored),
                added.recursiveDifference(ignored));
    }
}
