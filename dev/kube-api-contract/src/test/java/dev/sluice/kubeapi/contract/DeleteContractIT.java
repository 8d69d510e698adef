package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@KubernetesTest
final class DeleteContractIT {

    private static final String FINALIZED = "metadata: {name: a, finalizers: [sluice.dev/one, sluice.dev/two]}";

    private final Http http;
    private final String configMaps;
    private final String gadgets;

    DeleteContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.configMaps = Paths.configMaps(namespace);
        this.gadgets = Paths.gadgets(namespace);
    }

    @Test
    void deletesObject() {
        JsonNode made = http.post(configMaps, ConfigMaps.named("a")).ok(201);

        JsonNode status = http.delete(configMaps + "/a").ok(200);

        assertThat(status.path("kind").asString()).isEqualTo("Status");
        assertThat(status.path("status").asString()).isEqualTo("Success");
        assertThat(status.at("/details/name").asString()).isEqualTo("a");
        assertThat(status.at("/details/kind").asString()).isEqualTo("configmaps");
        assertThat(status.at("/details/uid")).isEqualTo(made.at("/metadata/uid"));
        http.get(configMaps + "/a").fails(404, "NotFound");
        http.delete(configMaps + "/a").fails(404, "NotFound");
    }

    @Test
    void deletesCustomObject() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        JsonNode status = http.delete(gadgets + "/a").ok(200);
        assertThat(status.path("status").asString()).isEqualTo("Success");
        assertThat(status.at("/details/group").asString()).isEqualTo("contract.sluice.dev");
        http.get(gadgets + "/a").fails(404, "NotFound");
    }

    @Test
    void marksObjectWithFinalizers() {
        http.post(gadgets, "{apiVersion: contract.sluice.dev/v1, kind: Gadget, spec: {size: 1}, " + FINALIZED + "}")
                .ok(201);

        JsonNode marked = http.delete(gadgets + "/a").ok(200);

        assertThat(marked.path("kind").asString()).isEqualTo("Gadget");
        assertThat(marked.at("/metadata/deletionTimestamp").asString()).endsWith("Z");
        assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
        assertThat(marked.at("/metadata/generation").asInt()).isEqualTo(2);
        JsonNode again = http.delete(gadgets + "/a").ok(200);
        assertThat(again.at("/metadata/deletionTimestamp")).isEqualTo(marked.at("/metadata/deletionTimestamp"));
        assertThat(again.at("/metadata/resourceVersion")).isEqualTo(marked.at("/metadata/resourceVersion"));
        releaseAll();
    }

    @Test
    void deletesMarkedObjectWithLastFinalizer() {
        http.post(configMaps, FINALIZED).ok(201);
        http.delete(configMaps + "/a").ok(200);

        http.patch(configMaps + "/a", Http.MERGE_PATCH, "metadata: {finalizers: [sluice.dev/two]}")
                .ok(200);
        http.get(configMaps + "/a").ok();
        JsonNode last = http.patch(configMaps + "/a", Http.MERGE_PATCH, "metadata: {finalizers: null}")
                .ok(200);

        assertThat(last.at("/metadata/deletionTimestamp").asString()).isNotBlank();
        http.get(configMaps + "/a").fails(404, "NotFound");
    }

    @Test
    void rejectsNewFinalizersOfMarkedObject() {
        http.post(configMaps, "metadata: {name: a, finalizers: [sluice.dev/one]}")
                .ok(201);
        http.delete(configMaps + "/a").ok(200);
        Answer answer = http.patch(
                configMaps + "/a", Http.MERGE_PATCH, "metadata: {finalizers: [sluice.dev/one, sluice.dev/two]}");
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).containsOnly("metadata.finalizers");
        http.patch(configMaps + "/a", Http.MERGE_PATCH, "metadata: {labels: {still: editable}}")
                .ok(200);
        http.patch(configMaps + "/a", Http.MERGE_PATCH, "metadata: {finalizers: null}")
                .ok(200);
    }

    @Test
    void updateCannotUndoDeletion() {
        http.post(configMaps, "metadata: {name: a, finalizers: [sluice.dev/one]}")
                .ok(201);
        JsonNode marked = http.delete(configMaps + "/a").ok(200);
        JsonNode updated = http.put(configMaps + "/a", "metadata: {name: a, finalizers: [sluice.dev/one]}")
                .ok(200);
        assertThat(updated.at("/metadata/deletionTimestamp")).isEqualTo(marked.at("/metadata/deletionTimestamp"));
        http.put(configMaps + "/a", "metadata: {name: a}").ok(200);
        http.get(configMaps + "/a").fails(404, "NotFound");
    }

    @Test
    void rejectsOtherUid() {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        JsonNode status = http.delete(configMaps + "/a", "preconditions: {uid: 00000000-0000-0000-0000-000000000001}")
                .fails(409, "Conflict");
        assertThat(status.path("message").asString()).containsIgnoringCase("precondition");
        http.get(configMaps + "/a").ok();
    }

    @Test
    void rejectsOtherResourceVersion() {
        JsonNode made = http.post(configMaps, ConfigMaps.named("a")).ok(201);
        JsonNode changed =
                http.put(configMaps + "/a", ConfigMaps.holding("a", "{k: v}")).ok();
        http.delete(configMaps + "/a", precondition(made)).fails(409, "Conflict");
        http.delete(configMaps + "/a", precondition(changed)).ok(200);
    }

    @Test
    void acceptsMatchingUid() {
        JsonNode made = http.post(configMaps, ConfigMaps.named("a")).ok(201);
        http.delete(
                        configMaps + "/a",
                        "preconditions: {uid: '" + made.at("/metadata/uid").asString() + "'}")
                .ok(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Background", "Orphan", "Foreground"})
    void acceptsEveryPropagationPolicy(String policy) {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        JsonNode answer = http.delete(
                        configMaps + "/a", "{apiVersion: v1, kind: DeleteOptions, propagationPolicy: " + policy + "}")
                .ok(200);
        if (policy.equals("Background")) {
            assertThat(answer.path("status").asString()).isEqualTo("Success");
        } else {
            // A garbage collector must handle the dependents first; until then, a finalizer keeps the object.
            assertThat(answer.at("/metadata/finalizers/0").asString())
                    .isEqualTo(policy.equals("Orphan") ? "orphan" : "foregroundDeletion");
            http.patch(configMaps + "/a", Http.MERGE_PATCH, "metadata: {finalizers: null}")
                    .ok(200);
        }
        http.get(configMaps + "/a").fails(404, "NotFound");
    }

    @Test
    void rejectsUnknownPropagationPolicy() {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        http.delete(configMaps + "/a", "propagationPolicy: Sideways").fails(422, "Invalid");
        http.delete(configMaps + "/a?propagationPolicy=Sideways").fails(422, "Invalid");
        http.get(configMaps + "/a").ok();
    }

    private void releaseAll() {
        http.patch(gadgets + "/a", Http.MERGE_PATCH, "metadata: {finalizers: null}")
                .ok(200);
    }

    private static String precondition(JsonNode object) {
        return "preconditions: {resourceVersion: '"
                + object.at("/metadata/resourceVersion").asString() + "'}";
    }
}
