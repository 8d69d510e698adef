package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.schema.InvalidSchemaException;
import dev.sluice.kubeapi.schema.StructuralSchema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One custom resource with a status, written as an API server writes it, without the server. */
final class OneObject {

    static final String API_VERSION = "recorded.sluice.dev/v1";

    private final StructuralSchema schema;
    private final TypeSchema type;
    private @Nullable ObjectNode live;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void waitOneSecond() {
        now = now.plusSeconds(1);
    }

    OneObject(JsonNode schema) throws InvalidSchemaException {
        this.schema = StructuralSchema.parse(schema);
        this.type = TypeSchema.ofStructural(schema).withStatusSubresource();
    }

    @Nullable
    ObjectNode live() {
        return live;
    }

    ObjectNode stored() {
        return Objects.requireNonNull(live, "nothing is stored yet");
    }

    String firstFault(JsonNode object) {
        return schema.validate(object, live).get(0).toString();
    }

    private static ObjectNode identified(JsonNode object) {
        ObjectNode copy = (ObjectNode) object.deepCopy();
        copy.put("apiVersion", API_VERSION).put("kind", "KIND");
        copy.withObjectProperty("metadata").put("name", "NAME");
        return copy;
    }

    private JsonNode decoded(JsonNode object) {
        return schema.applyDefaults(schema.prune(object));
    }

    /** Writes what a client sent, or what a patch made. */
    ObjectNode write(JsonNode sent, String manager, @Nullable String subresource) {
        ObjectNode written = ManagedFields.afterUpdate(
                live, decoded(identified(sent)), manager, subresource, API_VERSION, now, type);
        return keep(written, subresource);
    }

    ObjectNode apply(JsonNode configuration, String manager, boolean force, @Nullable String subresource)
            throws ApplyConflict, PatchException {
        ObjectNode merged =
                ServerSideApply.apply(live, identified(configuration), manager, force, subresource, type, now);
        return keep((ObjectNode) schema.applyDefaultsKeepingNulls(merged), subresource);
    }

    boolean isValid(JsonNode object) {
        return schema.validate(object, live).isEmpty();
    }

    private ObjectNode keep(ObjectNode written, @Nullable String subresource) {
        ObjectNode stored = written;
        if (subresource != null && live != null) {
            stored = live.deepCopy();
            copy(written, stored, "status");
            stored.withObjectProperty("metadata").remove("managedFields");
            ObjectNode metadata = stored.withObjectProperty("metadata");
            copy(written.withObjectProperty("metadata"), metadata, "managedFields");
        } else if (live == null) {
            stored.remove("status");
        } else {
            copy(live, stored, "status");
        }
        if (isValid(stored)) {
            live = stored;
        }
        return stored;
    }

    private static void copy(ObjectNode from, ObjectNode to, String field) {
        if (from.has(field)) {
            to.set(field, from.get(field));
        } else {
            to.remove(field);
        }
    }
}
