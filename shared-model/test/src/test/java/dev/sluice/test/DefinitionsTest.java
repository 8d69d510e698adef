package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.gson.JsonObject;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.kubetest.fake.FakeApi.Asked;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest {

    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: bundles.example.com}
            spec:
              group: example.com
              names: {kind: Bundle, plural: bundles}
              scope: Namespaced
              preserveUnknownFields: false
              versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec: {type: object, properties: {url: {type: string, minLength: 1}}}
            """;

    private final Map<String, JsonObject> stored = new LinkedHashMap<>();
    private final FakeApi api = new FakeApi(this::answer);

    /** Stores definitions with a default, and without empty values, as an API server does. */
    private Answer answer(Asked asked) {
        if (asked.method().equals("POST")) {
            JsonObject definition = asked.json();
            definition.getAsJsonObject("spec").remove("preserveUnknownFields");
            definition.getAsJsonObject("spec").getAsJsonObject("names").addProperty("singular", "bundle");
            String path = asked.path() + "/"
                    + definition.getAsJsonObject("metadata").get("name").getAsString();
            return stored.putIfAbsent(path, definition) == null
                    ? Answer.ok(definition.toString())
                    : Answer.status(409, "already exists");
        }
        JsonObject definition = stored.get(asked.path());
        return Answer.ok(definition == null ? "{}" : definition.toString());
    }

    @Test
    void theSameDefinitionCanBeInstalledAgain() throws IOException {
        Definitions.install(api.client(), DEFINITION);
        Definitions.install(api.client(), DEFINITION);

        assertThat(stored).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "minLength: 1, minLength: 2, spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.url.minLength",
        "', minLength: 1', '', spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.url.minLength",
        "'type: string', 'format: byte, type: string',"
                + " spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.url.format",
        "subresources, additional, spec.versions[0].additional",
        "scope: Namespaced, scope: Cluster, spec.scope"
    })
    void anotherDefinitionOfTheSameNameIsAnError(String text, String other, String path) throws IOException {
        Definitions.install(api.client(), DEFINITION);
        String changed = DEFINITION.replace(text, other).replace("additional: {status: {}}", "additional: [1]");

        assertThatIOException()
                .isThrownBy(() -> Definitions.install(api.client(), changed))
                .withMessage("another custom resource definition bundles.example.com exists, which differs at " + path
                        + "; delete it, or apply the new one");
    }

    @Test
    void theDefinitionsOfFluxInAClusterStay() throws IOException {
        Definitions.installFlux(api.client());
        int kinds = stored.size();
        stored.values().forEach(definition -> definition.remove("spec"));

        Definitions.installFlux(api.client());

        assertThat(stored)
                .hasSize(kinds)
                .allSatisfy(
                        (path, definition) -> assertThat(definition.has("spec")).isFalse());
    }
}
