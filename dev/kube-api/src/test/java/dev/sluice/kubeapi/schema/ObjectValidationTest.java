package dev.sluice.kubeapi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.KindRules;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Expected values were recorded from kube-apiserver v1.35.4: each object was created or updated, and the table contains
 * the stored object or the causes of the rejection.
 */
class ObjectValidationTest {

    record Case(String name, KindRules rules, JsonNode json) {

        ObjectNode object() {
            return withMeta(json.path("object"));
        }

        @Nullable
        ObjectNode old() {
            return json.has("old") ? withMeta(json.path("old")) : null;
        }

        private static ObjectNode withMeta(JsonNode object) {
            ObjectNode whole = (ObjectNode) object.deepCopy();
            whole.put("apiVersion", "example.com/v1").put("kind", "Thing");
            if (!whole.has("metadata")) {
                whole.putObject("metadata").put("name", "obj");
            }
            return whole;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> objects() throws IOException, InvalidSchemaException {
        Stream.Builder<Case> cases = Stream.builder();
        for (JsonNode group : JsonTable.read("objects.json")) {
            KindRules rules = KindRules.custom(SchemaParser.customResource(group.path("schema"), "schema"));
            for (JsonNode json : group.path("cases")) {
                String name =
                        group.path("name").asString() + ": " + json.path("name").asString();
                cases.add(new Case(name, rules, json));
            }
        }
        return cases.build();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void validationMatchesRealServer(Case given) {
        ObjectNode stored = given.rules().complete(given.object(), given.old());
        assertThat(JsonTable.actual(given.rules().validate(stored, given.old())))
                .isEqualTo(JsonTable.expected(given.json().path("expected")));
        if (given.json().has("stored")) {
            stored.remove(List.of("apiVersion", "kind", "metadata"));
            assertThat(Json.equal(stored, given.json().path("stored")))
                    .as(GoJsonText.compact(stored) + " is stored, not "
                            + given.json().path("stored"))
                    .isTrue();
        }
    }
}
