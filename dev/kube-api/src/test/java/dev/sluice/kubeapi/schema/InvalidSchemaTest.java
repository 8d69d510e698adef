package dev.sluice.kubeapi.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What was expected here was recorded from kube-apiserver v1.35.4, which was given each schema in a definition. */
class InvalidSchemaTest {

    record Case(String name, JsonNode schema, JsonNode expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> schemas() throws IOException {
        return JsonTable.read("invalid-schemas.json")
                .valueStream()
                .map(json -> new Case(json.path("name").asString(), json.path("schema"), json.path("expected")));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void schemasAreRefusedInTheWordsOfTheRealServer(Case schema) {
        assertThat(JsonTable.actual(errors(schema.schema()))).isEqualTo(JsonTable.expected(schema.expected()));
    }

    private static List<FieldError> errors(JsonNode schema) {
        try {
            StructuralSchema.parse(schema);
            return List.of();
        } catch (InvalidSchemaException e) {
            return e.errors();
        }
    }
}
