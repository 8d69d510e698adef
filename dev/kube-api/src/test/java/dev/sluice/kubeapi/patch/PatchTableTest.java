package dev.sluice.kubeapi.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.schema.SchemaNode;
import dev.sluice.kubeapi.schema.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Expected values were recorded from kube-apiserver v1.35.4: each patch was sent for an object that contained the
 * target.
 */
class PatchTableTest {

    record Case(String name, JsonNode json) {

        JsonNode target() {
            return json.path("target");
        }

        JsonNode patch() {
            return json.path("patch");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Patch {
        JsonNode apply() throws PatchException;
    }

    private static Stream<Case> table(String kind) throws IOException {
        try (InputStream in = PatchTableTest.class.getResourceAsStream("patches.json")) {
            JsonNode table = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return table.path(kind)
                    .valueStream()
                    .map(json -> new Case(json.path("name").asString(), json));
        }
    }

    static Stream<Case> jsonPatches() throws IOException {
        return table("json");
    }

    static Stream<Case> mergePatches() throws IOException {
        return table("merge");
    }

    static Stream<Case> strategicPatches() throws IOException {
        return table("strategic");
    }

    @ParameterizedTest
    @MethodSource("jsonPatches")
    void jsonPatchesMatchRealServer(Case given) throws PatchException {
        JsonNode object = JsonMapper.shared().createObjectNode().set("spec", given.target());
        check(given, () -> Patches.jsonPatch(object, given.patch()).path("spec"));
    }

    @ParameterizedTest
    @MethodSource("mergePatches")
    void mergePatchesMatchRealServer(Case given) throws PatchException {
        JsonNode object = JsonMapper.shared().createObjectNode().set("spec", given.target());
        check(given, () -> Patches.mergePatch(object, given.patch()).path("spec"));
    }

    @ParameterizedTest
    @MethodSource("strategicPatches")
    void strategicMergePatchesMatchRealServer(Case given) throws PatchException {
        SchemaNode type = SchemaParser.builtIn("v1/ServiceAccount");
        check(given, () -> Patches.strategicMerge(given.target(), given.patch(), type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$retainKeys\": [\"a\"]}", "{\"secrets\": [{\"$patch\": \"replace\"}]}"})
    void rejectsUnsupportedDirectives(String patch) {
        SchemaNode type = SchemaParser.builtIn("v1/ServiceAccount");
        JsonNode target = JsonMapper.shared().createObjectNode();
        assertThatThrownBy(
                        () -> Patches.strategicMerge(target, JsonMapper.shared().readTree(patch), type))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining("unsupported directive");
    }

    private static void check(Case given, Patch patch) throws PatchException {
        JsonNode target = given.target().deepCopy();
        JsonNode sent = given.patch().deepCopy();
        if (given.json().has("code")) {
            String message = given.json().path("message").asString();
            assertThatThrownBy(patch::apply)
                    .asInstanceOf(type(PatchException.class))
                    .satisfies(e -> assertThat(e.status())
                            .isEqualTo(given.json().path("code").asInt()))
                    .satisfies(e -> assertThat(e.getMessage()).startsWith(message));
        } else {
            assertThat(GoJsonText.compact(stored(patch.apply())))
                    .isEqualTo(GoJsonText.compact(given.json().path("result")));
        }
        assertThat(given.target()).as("the target is not changed").isEqualTo(target);
        assertThat(given.patch()).as("the patch is not changed").isEqualTo(sent);
    }

    /** Returns what a server of typed objects stores: no empty objects, and here no identifying fields. */
    private static JsonNode stored(JsonNode patched) {
        if (patched instanceof ObjectNode object && object.path("kind").isString()) {
            object.remove(List.of("apiVersion", "kind", "metadata"));
        }
        if (patched.path("metadata").path("labels") instanceof ObjectNode labels && labels.isEmpty()) {
            ((ObjectNode) patched.path("metadata")).remove("labels");
        }
        if (patched.path("metadata").isObject() && patched.path("metadata").isEmpty()) {
            ((ObjectNode) patched).remove("metadata");
        }
        return patched;
    }
}
