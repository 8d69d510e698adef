package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.schema.SchemaNode;
import java.time.Instant;

/**
 * The properties of a write that affect field ownership.
 *
 * @param apiVersion the version of the written object
 * @param manager the field manager of the request, or the first part of its user agent
 * @param subresource the subresource; empty for the object itself
 * @param hasStatus whether the status is a subresource
 */
public record FieldWrite(
        SchemaNode type, String apiVersion, String manager, String subresource, boolean hasStatus, Instant now) {

    /** The fields that this write cannot change and therefore cannot own. */
    FieldSet ignored() {
        if (!hasStatus) {
            return FieldSet.EMPTY;
        }
        return FieldSet.of(FieldPath.of(subresource.isEmpty() ? "status" : "spec"));
    }
}
