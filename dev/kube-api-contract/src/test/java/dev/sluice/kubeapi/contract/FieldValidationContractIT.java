package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Unknown fields, and dry runs. */
@KubernetesTest
final class FieldValidationContractIT {

    private final Http http;
    private final String configMaps;
    private final String gadgets;

    FieldValidationContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.configMaps = Paths.configMaps(namespace);
        this.gadgets = Paths.gadgets(namespace);
    }

    @Test
    void warnsByDefault() {
        Answer answer = http.post(gadgets, Gadgets.named("a", "{size: 1, colour: red}"));
        assertThat(answer.ok(201).at("/spec").has("colour")).isFalse();
        assertThat(answer.warnings()).containsExactly("299 - \"unknown field \\\"spec.colour\\\"\"");
    }

    @Test
    void rejectsUnknownFieldsWhenStrict() {
        JsonNode status = http.post(gadgets + "?fieldValidation=Strict", Gadgets.named("a", "{size: 1, colour: red}"))
                .fails(400, "BadRequest");
        assertThat(status.path("message").asString()).contains("strict decoding error: unknown field \"spec.colour\"");
        http.get(gadgets + "/a").fails(404, "NotFound");
    }

    @Test
    void ignoresUnknownFieldsOnRequest() {
        Answer answer = http.post(gadgets + "?fieldValidation=Ignore", Gadgets.named("a", "{size: 1, colour: red}"));
        answer.ok(201);
        assertThat(answer.warnings()).isEmpty();
    }

    @Test
    void validatesFieldsOfBuiltInKinds() {
        String unknown = "{metadata: {name: a}, datum: {k: v}}";
        http.post(configMaps + "?fieldValidation=Strict", unknown).fails(400, "BadRequest");
        Answer answer = http.post(configMaps, unknown);
        assertThat(answer.ok(201).has("datum")).isFalse();
        assertThat(answer.warnings()).containsExactly("299 - \"unknown field \\\"datum\\\"\"");
    }

    @Test
    void validatesFieldsOfPatches() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        assertThat(http.patch(gadgets + "/a?fieldValidation=Strict", Http.MERGE_PATCH, "spec: {colour: red}")
                        .code())
                .isBetween(400, 422);
        Answer warned = http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {colour: red}");
        warned.ok();
        assertThat(warned.warnings()).containsExactly("299 - \"unknown field \\\"spec.colour\\\"\"");
    }

    @Test
    void rejectsUnknownFieldsInApply() {
        JsonNode status = http.apply(
                        configMaps + "/a", "one", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndatum: x\n")
                .fails(500, "");
        assertThat(status.path("message").asString()).contains("datum").contains("field not declared in schema");
    }

    @Test
    void rejectsUnknownLevels() {
        http.post(configMaps + "?fieldValidation=Somewhat", ConfigMaps.named("a"))
                .fails(422, "Invalid");
    }

    @Test
    void dryRunOfCreate() {
        JsonNode tried = http.post(gadgets + "?dryRun=All", Gadgets.named("a", "{size: 1}"))
                .ok(201);
        assertThat(tried.at("/spec/mode").asString()).isEqualTo("Fast");
        assertThat(tried.at("/metadata/uid").asString()).isNotBlank();
        http.get(gadgets + "/a").fails(404, "NotFound");
        http.post(gadgets + "?dryRun=All", Gadgets.named("a", "{size: 1000}")).fails(422, "Invalid");
    }

    @Test
    void dryRunOfChangesAndDeletes() {
        JsonNode made = http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        assertThat(http.patch(gadgets + "/a?dryRun=All", Http.MERGE_PATCH, "spec: {size: 2}")
                        .ok()
                        .at("/spec/size")
                        .asInt())
                .isEqualTo(2);
        assertThat(http.apply(gadgets + "/a?dryRun=All&force=true", "one", Gadgets.named("a", "{size: 3}"))
                        .ok()
                        .at("/spec/size")
                        .asInt())
                .isEqualTo(3);
        http.delete(gadgets + "/a?dryRun=All").ok();
        http.delete(gadgets + "/a", "dryRun: [All]").ok();
        assertThat(http.get(gadgets + "/a").ok()).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Some", "true"})
    void rejectsOtherDryRunValues(String value) {
        assertThat(http.post(gadgets + "?dryRun=" + value, Gadgets.named("a", "{size: 1}"))
                        .code())
                .isIn(400, 422);
        http.get(gadgets + "/a").fails(404, "NotFound");
    }
}
