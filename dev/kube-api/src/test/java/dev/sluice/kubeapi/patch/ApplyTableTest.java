package dev.sluice.kubeapi.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.InvalidSchemaException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Expected values were recorded from kube-apiserver v1.35.4: each step was a request, and the table contains its
 * response including managedFields.
 */
class ApplyTableTest {

    record Case(String name, JsonNode schema, JsonNode steps) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = ApplyTableTest.class.getResourceAsStream("apply.json")) {
            JsonNode table = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return table.path("cases")
                    .valueStream()
                    .map(json -> new Case(json.path("name").asString(), table.path("schema"), json.path("steps")));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesMatchRealServer(Case given) throws InvalidSchemaException, PatchException {
        OneObject object = new OneObject(given.schema());
        int number = 0;
        for (JsonNode step : given.steps()) {
            number++;
            if (step.path("later").asBoolean(false)) {
                object.waitOneSecond();
            }
            ObjectNode before = object.live();
            JsonNode answer = answer(object, step);
            if (step.has("error")) {
                assertThat(answer.path("error").asString())
                        .as("step " + number)
                        .isEqualTo(step.path("error").path("message").asString());
            } else {
                assertThat(readable(answer)).as("step " + number).isEqualTo(readable(step.path("result")));
                boolean unchanged = before != null && Json.equal(before, Objects.requireNonNull(object.live()));
                assertThat(unchanged)
                        .as("step " + number + " changes nothing")
                        .isEqualTo(step.path("unchanged").asBoolean(false));
            }
        }
    }

    /** Returns the response without the fields that identify the object. */
    private static JsonNode answer(OneObject object, JsonNode step) {
        try {
            ObjectNode result = write(object, step).deepCopy();
            if (!object.isValid(result)) {
                return error("KIND.recorded.sluice.dev \"NAME\" is invalid: " + object.firstFault(result));
            }
            result.remove(List.of("apiVersion", "kind"));
            result.withObjectProperty("metadata").remove("name");
            for (JsonNode entry : result.path("metadata").path("managedFields")) {
                if (entry.has("time")) {
                    ((ObjectNode) entry).put("time", "T");
                }
            }
            return result;
        } catch (ApplyConflict | PatchException e) {
            return error(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode error(String message) {
        return JsonMapper.shared().createObjectNode().put("error", message);
    }

    private static ObjectNode write(OneObject object, JsonNode step) throws ApplyConflict, PatchException {
        String manager = step.path("manager").asString();
        @Nullable
        String subresource = step.has("subresource") ? step.path("subresource").asString() : null;
        JsonNode patch = step.path("patch");
        return switch (step.path("op").asString()) {
            case "apply" ->
                object.apply(step.path("object"), manager, step.path("force").asBoolean(false), subresource);
            case "merge" -> object.write(Patches.mergePatch(object.stored(), patch), manager, subresource);
            case "json" -> object.write(Patches.jsonPatch(object.stored(), patch), manager, subresource);
            default -> object.write(step.path("object"), manager, subresource);
        };
    }

    private static String readable(JsonNode json) {
        return GoJsonText.compact(json).replace(",\"", ",\n\"");
    }
}
