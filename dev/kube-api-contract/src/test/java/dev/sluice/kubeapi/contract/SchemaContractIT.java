package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Validation, pruning and defaulting by the schema of a custom resource. */
@KubernetesTest
final class SchemaContractIT {

    private final Http http;
    private final String gadgets;

    SchemaContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.gadgets = Paths.gadgets(namespace);
    }

    record Refused(String spec, String field, String reason) {}

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused("{}", "spec.size", "FieldValueRequired"),
                new Refused("{size: abc}", "spec.size", "FieldValueTypeInvalid"),
                new Refused("{size: 1.5}", "spec.size", "FieldValueTypeInvalid"),
                new Refused("{size: 0}", "spec.size", "FieldValueInvalid"),
                new Refused("{size: 101}", "spec.size", "FieldValueInvalid"),
                new Refused("{size: null}", "spec.size", "FieldValueRequired"),
                new Refused("{size: 1, ratio: 0}", "spec.ratio", "FieldValueInvalid"),
                new Refused("{size: 1, step: 7}", "spec.step", "FieldValueInvalid"),
                new Refused("{size: 1, owner: a}", "spec.owner", "FieldValueInvalid"),
                new Refused("{size: 1, owner: abcdefghijk}", "spec.owner", "FieldValueTooLong"),
                new Refused("{size: 1, owner: ABC}", "spec.owner", "FieldValueInvalid"),
                new Refused("{size: 1, owner: 12}", "spec.owner", "FieldValueTypeInvalid"),
                new Refused("{size: 1, mode: Medium}", "spec.mode", "FieldValueNotSupported"),
                new Refused("{size: 1, frozen: 'true'}", "spec.frozen", "FieldValueTypeInvalid"),
                new Refused("{size: 1, tags: []}", "spec.tags", "FieldValueInvalid"),
                new Refused("{size: 1, tags: [a, b, c, d]}", "spec.tags", "FieldValueTooMany"),
                new Refused("{size: 1, tags: {a: b}}", "spec.tags", "FieldValueTypeInvalid"),
                new Refused("{size: 1, tags: [1]}", "spec.tags[0]", "FieldValueTypeInvalid"),
                new Refused("{size: 1, unique: [a, a]}", "spec.unique[1]", "FieldValueDuplicate"),
                new Refused("{size: 1, ports: [{name: x}, {name: x}]}", "spec.ports[1]", "FieldValueDuplicate"),
                new Refused("{size: 1, ports: [{port: 1}]}", "spec.ports[0].name", "FieldValueRequired"),
                new Refused("{size: 1, settings: {a: '1', b: '2', c: '3'}}", "spec.settings", "FieldValueTooMany"),
                new Refused("{size: 1, settings: {a: 1}}", "spec.settings.a", "FieldValueTypeInvalid"),
                new Refused("{size: 1, target: true}", "spec.target", "FieldValueTypeInvalid"),
                new Refused("{size: 1, since: yesterday}", "spec.since", "FieldValueInvalid"),
                new Refused("[]", "spec", "FieldValueTypeInvalid"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void rejects(Refused wrong) {
        Answer answer = http.post(gadgets, Gadgets.named("a", wrong.spec));
        JsonNode status = answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).as(answer.text()).contains(wrong.field);
        assertThat(status.at("/details/causes").findValuesAsString("reason")).contains(wrong.reason);
        assertThat(status.path("message").asString()).startsWith("Gadget.contract.sluice.dev \"a\" is invalid");
        assertThat(status.path("message").asString()).contains(wrong.field + ":");
        http.get(gadgets + "/a").fails(404, "NotFound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{size: 1}",
                "{size: 100, ratio: 1.5, owner: ab, mode: Slow, frozen: false}",
                "{size: 1, ratio: 3, step: 10}",
                "{size: 1, owner: abcdefghij, tags: [a, a, b]}",
                "{size: 1, unique: [], ports: [], settings: {}}",
                "{size: 1, target: 8080}",
                "{size: 1, target: http}",
                "{size: 1, since: '2026-01-01T00:00:00Z'}",
                "{size: 1, since: '2026-01-01T00:00:00.5+02:00'}",
                "{size: 1, frozen: true}"
            })
    void accepts(String spec) {
        http.post(gadgets, Gadgets.named("a", spec)).ok(201);
    }

    @Test
    void reportsAllErrorsAtOnce() {
        Answer answer = http.post(gadgets, Gadgets.named("a", "{size: 0, owner: A, mode: Medium}"));
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).contains("spec.size", "spec.owner", "spec.mode");
    }

    @Test
    void prunesUnknownFields() {
        JsonNode made = http.post(
                        gadgets,
                        Gadgets.named(
                                        "a",
                                        "{size: 1, unknown: x, limits: {cpu: 1, gpu: 2}, ports: [{name: p, color: red}]}")
                                + "extra: {a: b}\n")
                .ok(201);
        assertThat(made.has("extra")).isFalse();
        assertThat(made.path("spec"))
                .isEqualTo(Yaml.toTree("{size: 1, mode: Fast, limits: {cpu: 1}, ports: [{name: p, protocol: TCP}]}"));
    }

    @Test
    void keepsPreservedUnknownFields() {
        JsonNode made = http.post(
                        gadgets, Gadgets.named("a", "{size: 1, free: {x: {y: [1, {z: w}]}}, settings: {any: thing}}"))
                .ok(201);
        assertThat(made.at("/spec/free")).isEqualTo(Yaml.toTree("{x: {y: [1, {z: w}]}}"));
        assertThat(made.at("/spec/settings/any").asString()).isEqualTo("thing");
    }

    @Test
    void prunesUnknownMetadata() {
        JsonNode made = http.post(
                        gadgets,
                        "apiVersion: contract.sluice.dev/v1\nkind: Gadget\nmetadata: {name: a, color: red}\nspec: {size: 1}\n")
                .ok(201);
        assertThat(made.path("metadata").has("color")).isFalse();
    }

    @Test
    void setsNestedDefaults() {
        JsonNode made = http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        assertThat(made.path("spec")).isEqualTo(Yaml.toTree("{size: 1, mode: Fast, limits: {cpu: 2}}"));
    }

    @Test
    void treatsNullAsAbsentUnlessNullable() {
        JsonNode made = http.post(
                        gadgets, Gadgets.named("a", "{size: 1, mode: null, limits: {cpu: null, memory: null}}"))
                .ok(201);
        assertThat(made.path("spec")).isEqualTo(Yaml.toTree("{size: 1, mode: Fast, limits: {cpu: 2, memory: null}}"));
    }

    @Test
    void setsDefaultsOnUpdate() {
        http.post(gadgets, Gadgets.named("a", "{size: 1, mode: Slow}")).ok(201);
        JsonNode patched = http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {mode: null}")
                .ok();
        assertThat(patched.at("/spec/mode").asString()).isEqualTo("Fast");
    }

    @Test
    void evaluatesRules() {
        Answer answer = http.post(gadgets, Gadgets.named("a", "{size: 2, frozen: true}"));
        JsonNode status = answer.fails(422, "Invalid");
        assertThat(status.path("message").asString()).contains("a frozen gadget has size 1");
        assertThat(status.at("/details/causes").findValuesAsString("message").toString())
                .contains("a frozen gadget has size 1");
    }

    @Test
    void evaluatesTransitionRules() {
        http.post(gadgets, Gadgets.named("a", "{size: 1, fixed: one}")).ok(201);
        http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}").ok();
        Answer answer = http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {fixed: two}");
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).containsExactly("spec.fixed");
        http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {fixed: null}").ok();
    }

    @Test
    void validatesStatusOnStatusWrite() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        Answer answer = http.patch(gadgets + "/a/status", Http.MERGE_PATCH, "status: {conditions: [{type: Ready}]}");
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).contains("status.conditions[0].status");
        Answer wrong = http.patch(gadgets + "/a/status", Http.MERGE_PATCH, "status: {observedGeneration: many}");
        wrong.fails(422, "Invalid");
    }

    @Test
    void keepsLargeNumbersExactly() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        JsonNode patched = http.patch(
                        gadgets + "/a/status", Http.MERGE_PATCH, "status: {observedGeneration: 9007199254740993}")
                .ok();
        assertThat(patched.at("/status/observedGeneration").asLong()).isEqualTo(9007199254740993L);
    }
}
