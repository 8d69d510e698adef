package dev.sluice.kubeapi.contract;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads an object's {@code managedFields}. */
final class Managers {

    private Managers() {}

    /** Returns manager, operation and subresource of each entry, sorted. */
    static List<String> of(JsonNode object) {
        return entries(object)
                .map(entry -> entry.path("manager").asString() + " "
                        + entry.path("operation").asString()
                        + (entry.has("subresource")
                                ? " " + entry.path("subresource").asString()
                                : ""))
                .sorted()
                .toList();
    }

    static JsonNode fields(JsonNode object, String manager) {
        return entries(object)
                .filter(entry -> entry.path("manager").asString().equals(manager))
                .findFirst()
                .orElseThrow(() -> new AssertionError(manager + " manages nothing in " + object))
                .path("fieldsV1");
    }

    private static Stream<JsonNode> entries(JsonNode object) {
        return StreamSupport.stream(object.at("/metadata/managedFields").spliterator(), false);
    }
}
