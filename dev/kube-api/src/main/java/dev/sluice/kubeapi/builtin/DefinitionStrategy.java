package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.KindRules.Strategy;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaulting and validation of CRDs, except schemas, which are validated by their compilation. */
final class DefinitionStrategy implements Strategy {

    @Override
    public void complete(ObjectNode object, @Nullable ObjectNode old) {
        ObjectNode spec = Json.objectAt(object, "spec");
        ObjectNode names = Json.objectAt(spec, "names");
        String kind = Json.stringAt(names, "kind");
        if (!kind.isEmpty()) {
            putIfAbsent(names, "singular", kind.toLowerCase(Locale.ROOT));
            putIfAbsent(names, "listKind", kind + "List");
        }
        if (!spec.hasNonNull("conversion")) {
            spec.putObject("conversion").put("strategy", "None");
        }
        if (old == null) {
            status(object, spec);
        }
    }

    private static void status(ObjectNode object, ObjectNode spec) {
        ObjectNode status = object.putObject("status");
        status.putArray("conditions");
        status.putObject("acceptedNames").put("kind", "").put("plural", "");
        ArrayNode stored = status.putArray("storedVersions");
        for (JsonNode version : Json.arrayAt(spec, "versions")) {
            if (Json.booleanAt(version, "storage")) {
                stored.add(Json.stringAt(version, "name"));
            }
        }
    }

    private static void putIfAbsent(ObjectNode node, String field, String value) {
        if (Json.stringAt(node, field).isEmpty()) {
            node.put(field, value);
        }
    }

    @Override
    public List<Cause> validate(ObjectNode object, @Nullable ObjectNode old) {
        ObjectNode spec = Json.objectAt(object, "spec");
        List<Cause> causes = new ArrayList<>();
        String expected = Json.stringAt(Json.objectAt(spec, "names"), "plural") + "." + Json.stringAt(spec, "group");
        String name = Json.stringAt(Json.objectAt(object, "metadata"), "name");
        if (!name.equals(expected)) {
            causes.add(Cause.invalid("metadata.name", Cause.quote(name), "must be spec.names.plural+\".\"+spec.group"));
        }
        requireText(spec, "group", "spec.group", causes);
        requireText(Json.objectAt(spec, "names"), "plural", "spec.names.plural", causes);
        requireText(Json.objectAt(spec, "names"), "kind", "spec.names.kind", causes);
        String scope = Json.stringAt(spec, "scope");
        if (scope.isEmpty()) {
            causes.add(Cause.required("spec.scope", ""));
        } else if (!scope.equals("Namespaced") && !scope.equals("Cluster")) {
            causes.add(Cause.unsupported("spec.scope", scope, "\"Cluster\", \"Namespaced\""));
        }
        versions(spec, causes);
        return causes;
    }

    private static void versions(ObjectNode spec, List<Cause> causes) {
        long storage = Json.arrayAt(spec, "versions")
                .valueStream()
                .filter(v -> Json.booleanAt(v, "storage"))
                .count();
        if (storage != 1) {
            causes.add(Cause.invalid(
                    "spec.versions",
                    Json.text(Json.arrayAt(spec, "versions")),
                    "must have exactly one version marked as storage version"));
        }
        causes.addAll(DefinedSchema.validate(Json.arrayAt(spec, "versions")));
        String strategy = Json.stringAt(Json.objectAt(spec, "conversion"), "strategy");
        if (!strategy.equals("None")) {
            causes.add(Cause.unsupported("spec.conversion.strategy", strategy, "\"None\""));
        }
    }

    private static void requireText(ObjectNode node, String field, String path, List<Cause> causes) {
        if (Json.stringAt(node, field).isEmpty()) {
            causes.add(Cause.required(path, ""));
        }
    }
}
