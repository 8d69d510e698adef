package dev.sluice.kubeapi.contract;

import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.json.GoJsonText;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables recorded from a real API server, and the CRDs that they need. */
final class Recorded {

    static final String GROUP = "recorded.sluice.dev";
    static final String API_VERSION = GROUP + "/v1";
    static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Recorded() {}

    /** @param name name of a table, relative to the packages of this API's table tests */
    static JsonNode table(String name) {
        try (InputStream in = Recorded.class.getResourceAsStream("/dev/sluice/kubeapi/" + name)) {
            return Yaml.JSON.readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    static ObjectNode definition(String plural, String kind, JsonNode schema, boolean status) {
        ObjectNode definition =
                (ObjectNode) Yaml.toTree("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %s.%s}
                spec:
                  group: %2$s
                  scope: Namespaced
                  names: {kind: %s, listKind: %3$sList, plural: %1$s, singular: %s}
                  versions: [{name: v1, served: true, storage: true, schema: {}}]
                """.formatted(plural, GROUP, kind, plural.substring(0, plural.length() - 1)));
        ObjectNode version = (ObjectNode) definition.at("/spec/versions/0");
        ((ObjectNode) version.path("schema")).set("openAPIV3Schema", schema);
        if (status) {
            version.putObject("subresources").putObject("status");
        }
        return definition;
    }

    static String collection(String namespace, String plural) {
        return "/apis/" + API_VERSION + "/namespaces/" + namespace + "/" + plural;
    }

    /** Creates a CRD without waiting until it is served. */
    static void create(Http http, JsonNode definition) {
        Answer created = http.raw("POST", DEFINITIONS, Http.JSON, definition.toString());
        if (created.code() != 409) {
            created.ok(201);
        }
    }

    static void awaitServed(Http http, String collection) {
        await().atMost(PATIENCE).until(() -> http.get(collection).code() == 200);
    }

    /** Returns a response without the fields that identify the object. */
    static ObjectNode stored(Answer answer) {
        ObjectNode object = (ObjectNode) answer.json();
        object.remove(List.of("apiVersion", "kind"));
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.remove(List.of("uid", "resourceVersion", "creationTimestamp", "generation", "name", "namespace"));
        return object;
    }

    /** Returns the object as JSON with sorted managers and masked times. */
    static String managersSorted(JsonNode object) {
        ObjectNode copy = (ObjectNode) object.deepCopy();
        List<String> managers = new ArrayList<>();
        for (JsonNode entry : copy.path("metadata").path("managedFields")) {
            if (entry.has("time")) {
                ((ObjectNode) entry).put("time", "T");
            }
            managers.add(GoJsonText.compact(entry));
        }
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        managers.sort(null);
        return GoJsonText.compact(copy) + managers;
    }

    /** Returns the causes of a rejection, sorted, because the real server validates fields in random order. */
    static List<String> causes(JsonNode causes) {
        List<String> lines = new ArrayList<>();
        causes.forEach(cause -> lines.add(cause.path("field").asString("<nil>") + " | "
                + cause.path("reason").asString("") + " | "
                + cause.path("message").asString("")));
        lines.sort(null);
        return lines;
    }
}
