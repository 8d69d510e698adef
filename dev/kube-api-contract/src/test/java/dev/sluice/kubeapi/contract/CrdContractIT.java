package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The life cycle of a CustomResourceDefinition. Each test defines its own kind. */
@KubernetesTest
final class CrdContractIT {

    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String TEMPLATE = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: PLURAL.crd.sluice.dev}
            spec:
              group: crd.sluice.dev
              scope: Cluster
              names: {kind: KIND, plural: PLURAL, singular: SINGULAR}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec: {type: object, properties: {a: {type: string}}}
            """;

    private final Http http;
    private final String kind = "T" + UUID.randomUUID().toString().substring(0, 8);
    private final String singular = kind.toLowerCase(java.util.Locale.ROOT);
    private final String plural = singular + "s";
    private final String definition = DEFINITIONS + "/" + plural + ".crd.sluice.dev";
    private final String collection = "/apis/crd.sluice.dev/v1/" + plural;

    CrdContractIT(KubernetesApi api) {
        http = Http.on(api);
    }

    @AfterEach
    void undefine() {
        http.delete(definition);
    }

    @Test
    void isServedAfterCreation() {
        JsonNode created = http.post(DEFINITIONS, body(TEMPLATE)).ok(201);
        assertThat(created.at("/spec/names/listKind").asString()).isEqualTo(kind + "List");
        assertThat(created.at("/spec/conversion/strategy").asString()).isEqualTo("None");

        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode crd = http.get(definition).ok();
            assertThat(condition(crd, "Established")).isEqualTo("True");
            assertThat(condition(crd, "NamesAccepted")).isEqualTo("True");
            assertThat(crd.at("/status/acceptedNames/plural").asString()).isEqualTo(plural);
            assertThat(crd.at("/status/storedVersions/0").asString()).isEqualTo("v1");
        });
        await().atMost(LIMIT).until(() -> http.get(collection).code() == 200);
        http.post(collection, object("x", "{a: b}")).ok(201);
        assertThat(http.get(collection).names()).containsExactly("x");
    }

    @Test
    void isNotServedAfterDeletion() {
        define(TEMPLATE);
        http.post(collection, object("x", "{a: b}")).ok(201);
        http.delete(definition).ok();
        await().atMost(LIMIT).until(() -> http.get(definition).code() == 404);
        await().atMost(LIMIT).until(() -> http.get(collection).code() == 404);
        define(TEMPLATE);
        assertThat(http.get(collection).names()).isEmpty();
    }

    @Test
    void deletionEndsWatches() {
        define(TEMPLATE);
        http.post(collection, object("x", "{a: b}")).ok(201);
        try (WatchStream watch = http.watch(collection)) {
            assertThat(watch.nextNames(1)).containsExactly("ADDED x");
            http.delete(definition).ok();
            assertThat(watch.nextNames(1)).containsExactly("DELETED x");
            assertThat(watch.hasEnded()).isTrue();
        }
    }

    @Test
    void servesChangedSchema() {
        define(TEMPLATE);
        http.post(collection, object("x", "{a: b, n: 1}")).ok(201);
        http.patch(
                        definition,
                        Http.JSON_PATCH,
                        "[{op: add, path: /spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/n, value: {type: integer, maximum: 5}}]")
                .ok();
        await().atMost(LIMIT)
                .until(() -> http.post(collection, object("y" + System.nanoTime(), "{n: 9}"))
                                .code()
                        == 422);
        assertThat(http.post(collection, object("z", "{n: 3}"))
                        .ok(201)
                        .at("/spec/n")
                        .asInt())
                .isEqualTo(3);
        assertThat(http.get(collection + "/x").ok().at("/spec/n").isMissingNode())
                .isTrue();
    }

    @Test
    void servesObjectInAllVersions() {
        String second = """
                    - name: v2
                      served: true
                      storage: false
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            spec: {type: object, properties: {a: {type: string}, b: {type: string}}}
                """;
        define(TEMPLATE + second);
        http.post(collection, object("x", "{a: '1'}")).ok(201);
        JsonNode other = http.get("/apis/crd.sluice.dev/v2/" + plural + "/x").ok();
        assertThat(other.path("apiVersion").asString()).isEqualTo("crd.sluice.dev/v2");
        assertThat(other.at("/spec/a").asString()).isEqualTo("1");
    }

    @Test
    void validatesDefinition() {
        http.post(DEFINITIONS, body(TEMPLATE).replace(plural + ".crd", "other.crd"))
                .fails(422, "Invalid");
        http.post(DEFINITIONS, body(TEMPLATE).replace("scope: Cluster", "scope: Galaxy"))
                .fails(422, "Invalid");
        http.post(DEFINITIONS, body(TEMPLATE).replace("storage: true", "storage: false"))
                .fails(422, "Invalid");
        http.post(DEFINITIONS, body(TEMPLATE).replace("group: crd.sluice.dev", "group: ''"))
                .fails(422, "Invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{type: string, pattern: '('}", "{type: object, x-kubernetes-validations: [{rule: 'self.('}]}"})
    void rejectsInvalidSchema(String schema) {
        http.post(DEFINITIONS, body(TEMPLATE).replace("{a: {type: string}}", "{a: " + schema + "}"))
                .fails(422, "Invalid");
    }

    @Test
    void preservesUnknownFields() {
        define(TEMPLATE.replace(
                "spec: {type: object, properties: {a: {type: string}}}",
                "spec: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}"));
        JsonNode made = http.post(collection, object("x", "{a: b, c: {d: [1, 2.5, true, null]}}"))
                .ok(201);
        assertThat(made.path("spec")).isEqualTo(Yaml.toTree("{a: b, c: {d: [1, 2.5, true, null]}}"));
    }

    @Test
    void statusSubresourceIsOptional() {
        define(TEMPLATE.replace(
                "spec: {type: object",
                "status: {type: object, properties: {n: {type: string}}}\n            spec: {type: object"));
        String withStatus = object("x", "{a: b}") + "status: {n: y}\n";
        assertThat(http.post(collection, withStatus).ok(201).at("/status/n").asString())
                .isEqualTo("y");
        assertThat(http.get(collection + "/x/status").code()).isEqualTo(404);
        JsonNode changed = http.patch(collection + "/x", Http.MERGE_PATCH, "status: {n: z}")
                .ok();
        assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    private void define(String template) {
        Gadgets.define(http, body(template), collection);
    }

    private String body(String template) {
        return template.replace("PLURAL", plural).replace("SINGULAR", singular).replace("KIND", kind);
    }

    private String object(String name, String spec) {
        return "apiVersion: crd.sluice.dev/v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec: " + spec
                + "\n";
    }

    private static String condition(JsonNode crd, String type) {
        return StreamSupport.stream(crd.at("/status/conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asString().equals(type))
                .map(condition -> condition.path("status").asString())
                .findFirst()
                .orElse("");
    }
}
