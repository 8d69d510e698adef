package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.resource.KindRules;
import dev.sluice.kubeapi.schema.InvalidSchemaException;
import dev.sluice.kubeapi.schema.SchemaNode;
import dev.sluice.kubeapi.schema.SchemaParser;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A custom resource with a status, written like on an API server, but without a server. */
final class OneObject {

    static final String API_VERSION = "recorded.sluice.dev/v1";

    private final KindRules rules;
    private @Nullable ObjectNode live;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void waitOneSecond() {
        now = now.plusSeconds(1);
    }

    OneObject(JsonNode schema) throws InvalidSchemaException {
        this.rules = KindRules.custom(SchemaParser.customResource(schema, "spec.validation.openAPIV3Schema"));
    }

    SchemaNode type() {
        return rules.schema();
    }

    @Nullable
    ObjectNode live() {
        return live;
    }

    ObjectNode stored() {
        return Objects.requireNonNull(live, "nothing is stored yet");
    }

    String firstFault(JsonNode object) {
        return rules.validate((ObjectNode) object, live).get(0).toString();
    }

    private static ObjectNode identified(JsonNode object) {
        ObjectNode copy = (ObjectNode) object.deepCopy();
        copy.put("apiVersion", API_VERSION).put("kind", "KIND");
        copy.withObjectProperty("metadata").put("name", "NAME");
        return copy;
    }

    private JsonNode decoded(JsonNode object) {
        return rules.complete((ObjectNode) object.deepCopy(), live);
    }

    /** Writes an object of a client or the result of a patch. */
    ObjectNode write(JsonNode sent, String manager, @Nullable String subresource) {
        ObjectNode written = ManagedFields.afterUpdate(live, decoded(identified(sent)), by(manager, subresource));
        return keep(written, subresource);
    }

    ObjectNode apply(JsonNode configuration, String manager, boolean force, @Nullable String subresource)
            throws ApplyConflict, PatchException {
        ObjectNode merged = ApplyPatch.apply(live, identified(configuration), force, by(manager, subresource));
        return keep(rules.complete(merged, live), subresource);
    }

    private FieldWrite by(String manager, @Nullable String subresource) {
        String part = subresource == null ? "" : subresource;
        return new FieldWrite(rules.schema(), API_VERSION, manager, part, true, now);
    }

    boolean isValid(JsonNode object) {
        return rules.validate((ObjectNode) object, live).isEmpty();
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
