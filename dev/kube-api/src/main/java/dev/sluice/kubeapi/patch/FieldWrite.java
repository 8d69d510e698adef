package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.schema.SchemaNode;
import java.time.Instant;

/**
 * A write, as far as the ownership of fields is concerned.
 *
 * @param apiVersion in which the object is written
 * @param manager the field manager of the request, or the first part of its user agent
 * @param subresource "" for the object itself
 * @param hasStatus whether the status is a subresource
 */
public record FieldWrite(
        SchemaNode type, String apiVersion, String manager, String subresource, boolean hasStatus, Instant now) {

    /** What this write cannot change, so that nobody comes to own it by that. */
    FieldSet ignored() {
        if (!hasStatus) {
            return FieldSet.EMPTY;
        }
        return FieldSet.of(FieldPath.of(subresource.isEmpty() ? "status" : "spec"));
    }
}
