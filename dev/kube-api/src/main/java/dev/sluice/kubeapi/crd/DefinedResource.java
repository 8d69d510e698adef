package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Behaviour;
import dev.sluice.kubeapi.resource.Conversion;
import dev.sluice.kubeapi.resource.KindRules;
import dev.sluice.kubeapi.resource.Resource;
import dev.sluice.kubeapi.resource.ResourceNames;
import dev.sluice.kubeapi.resource.ServedVersion;
import dev.sluice.kubeapi.resource.VersionOrder;
import dev.sluice.kubeapi.schema.InvalidSchemaException;
import dev.sluice.kubeapi.schema.PrinterColumns;
import dev.sluice.kubeapi.schema.SchemaParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates a resource from a CRD. */
final class DefinedResource {

    private DefinedResource() {}

    static Resource of(ObjectNode spec, boolean closed) {
        String group = Json.stringAt(spec, "group");
        ResourceNames names = names(Json.objectAt(spec, "names"));
        String storedApiVersion = group + "/" + storageVersion(spec);
        List<ServedVersion> versions = new ArrayList<>();
        for (JsonNode version : Json.arrayAt(spec, "versions")) {
            if (Json.booleanAt(version, "served")) {
                versions.add(version(group, version, storedApiVersion));
            }
        }
        versions.sort(Comparator.comparing(ServedVersion::name, VersionOrder.PREFERRED_FIRST));
        return new Resource(
                group,
                names,
                Json.stringAt(spec, "scope").equals("Namespaced"),
                true,
                closed,
                Resource.qualified(names.plural(), group),
                Behaviour.CUSTOM,
                versions);
    }

    private static String storageVersion(ObjectNode spec) {
        return Json.arrayAt(spec, "versions")
                .valueStream()
                .filter(v -> Json.booleanAt(v, "storage"))
                .map(v -> Json.stringAt(v, "name"))
                .findFirst()
                .orElse("");
    }

    private static ResourceNames names(ObjectNode names) {
        return new ResourceNames(
                Json.stringAt(names, "plural"),
                Json.stringAt(names, "singular"),
                Json.stringAt(names, "kind"),
                Json.stringAt(names, "listKind"),
                strings(names, "shortNames"),
                strings(names, "categories"));
    }

    private static ServedVersion version(String group, JsonNode version, String storedApiVersion) {
        String apiVersion = group + "/" + Json.stringAt(version, "name");
        ObjectNode schema = Json.objectAt(Json.objectAt(version, "schema"), "openAPIV3Schema");
        boolean status = Json.objectAt(version, "subresources").has("status");
        KindRules rules = rules(schema);
        return new ServedVersion(
                Json.stringAt(version, "name"),
                status,
                rules,
                Conversion.rename(apiVersion, storedApiVersion, rules),
                Optional.of(columns(version)),
                Set.of());
    }

    private static KindRules rules(ObjectNode schema) {
        try {
            return KindRules.custom(SchemaParser.customResource(schema, "openAPIV3Schema"));
        } catch (InvalidSchemaException e) {
            // validated when it was written, possibly by another version of this API
            throw new IllegalStateException("cannot compile stored schema", e);
        }
    }

    private static PrinterColumns columns(JsonNode version) {
        try {
            return PrinterColumns.parse(Json.arrayAt(version, "additionalPrinterColumns"), "additionalPrinterColumns");
        } catch (InvalidSchemaException e) {
            throw new IllegalStateException("cannot compile stored printer columns", e);
        }
    }

    private static List<String> strings(@Nullable JsonNode parent, String field) {
        return Json.arrayAt(parent, field).valueStream().map(JsonNode::asString).toList();
    }
}
