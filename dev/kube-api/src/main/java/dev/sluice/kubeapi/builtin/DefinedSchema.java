package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.InvalidSchemaException;
import dev.sluice.kubeapi.schema.PrinterColumns;
import dev.sluice.kubeapi.schema.SchemaParser;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Validates the versions of a CRD; rejects unsupported features. */
final class DefinedSchema {

    private DefinedSchema() {}

    static List<Cause> validate(ArrayNode versions) {
        List<Cause> causes = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            version(versions.path(i), "spec.versions[" + i + "]", causes);
        }
        return causes;
    }

    private static void version(JsonNode version, String path, List<Cause> causes) {
        String schemaPath = path + ".schema.openAPIV3Schema";
        JsonNode schema = version.path("schema").path("openAPIV3Schema");
        try {
            if (schema.isObject()) {
                SchemaParser.customResource(schema, schemaPath);
            } else {
                causes.add(Cause.required(schemaPath, ""));
            }
            PrinterColumns.parse(Json.arrayAt(version, "additionalPrinterColumns"), path + ".additionalPrinterColumns");
        } catch (InvalidSchemaException e) {
            causes.addAll(e.errors());
        }
        if (Json.objectAt(version, "subresources").has("scale")) {
            causes.add(Cause.forbidden(path + ".subresources.scale", "this API does not serve the scale subresource"));
        }
    }
}
