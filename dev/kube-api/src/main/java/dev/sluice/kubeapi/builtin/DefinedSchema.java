package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.FieldError;
import dev.sluice.kubeapi.schema.InvalidSchemaException;
import dev.sluice.kubeapi.schema.PrinterColumns;
import dev.sluice.kubeapi.schema.StructuralSchema;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a definition says of one version: only what this API can keep to is accepted. */
final class DefinedSchema {

    private DefinedSchema() {}

    static List<Cause> validate(JsonNode version, String path) {
        List<Cause> causes = new ArrayList<>();
        ObjectNode schema = Json.objectAt(version, "schema");
        String schemaPath = path + ".schema.openAPIV3Schema";
        try {
            if (schema.hasNonNull("openAPIV3Schema")) {
                StructuralSchema.parse(Json.objectAt(schema, "openAPIV3Schema"), schemaPath);
            } else {
                causes.add(Cause.required(schemaPath, "schemas are required"));
            }
            PrinterColumns.parse(Json.arrayAt(version, "additionalPrinterColumns"), path + ".additionalPrinterColumns");
        } catch (InvalidSchemaException e) {
            e.errors().stream().map(DefinedSchema::cause).forEach(causes::add);
        }
        if (Json.objectAt(version, "subresources").has("scale")) {
            causes.add(Cause.forbidden(path + ".subresources.scale", "this API does not serve the scale subresource"));
        }
        return causes;
    }

    private static Cause cause(FieldError error) {
        String field = error.field();
        return new Cause(error.type().reason(), error.body(), field == null ? "" : field);
    }
}
