package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.FieldError;
import dev.sluice.kubeapi.schema.InvalidSchemaException;
import dev.sluice.kubeapi.schema.PrinterColumns;
import dev.sluice.kubeapi.schema.StructuralSchema;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a definition says of one version: only what this API can keep to is accepted. */
final class DefinedSchema {

    private DefinedSchema() {}

    /** Versions that all say the same are checked once, under the path that the real server has for them. */
    static List<Cause> validate(ArrayNode versions) {
        boolean sameSchema = same(versions, version -> version.path("schema"))
                && versions.path(0).path("schema").hasNonNull("openAPIV3Schema");
        boolean sameColumns = same(versions, version -> version.path("additionalPrinterColumns"));
        List<Cause> causes = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            JsonNode version = versions.path(i);
            String path = "spec.versions[" + i + "]";
            if (!sameSchema || i == 0) {
                schema(version, sameSchema ? "spec.validation" : path + ".schema", causes);
            }
            if (!sameColumns || i == 0) {
                columns(version, sameColumns ? "spec" : path, causes);
            }
            if (Json.objectAt(version, "subresources").has("scale")) {
                causes.add(
                        Cause.forbidden(path + ".subresources.scale", "this API does not serve the scale subresource"));
            }
        }
        return causes;
    }

    private static boolean same(ArrayNode versions, Function<JsonNode, JsonNode> part) {
        return versions.valueStream().map(part).distinct().count() <= 1;
    }

    private static void schema(JsonNode version, String path, List<Cause> causes) {
        ObjectNode schema = Json.objectAt(version, "schema");
        String schemaPath = path + ".openAPIV3Schema";
        try {
            if (schema.hasNonNull("openAPIV3Schema")) {
                StructuralSchema.parse(Json.objectAt(schema, "openAPIV3Schema"), schemaPath);
            } else {
                causes.add(Cause.required(schemaPath, ""));
            }
        } catch (InvalidSchemaException e) {
            e.errors().stream().map(DefinedSchema::cause).forEach(causes::add);
        }
    }

    private static void columns(JsonNode version, String path, List<Cause> causes) {
        try {
            PrinterColumns.parse(Json.arrayAt(version, "additionalPrinterColumns"), path + ".additionalPrinterColumns");
        } catch (InvalidSchemaException e) {
            e.errors().stream().map(DefinedSchema::cause).forEach(causes::add);
        }
    }

    private static Cause cause(FieldError error) {
        String field = error.field();
        return new Cause(error.type().reason(), error.body(), field == null ? "" : field);
    }
}
