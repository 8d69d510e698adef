package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@KubernetesTest
final class UpdateContractIT {

    private final Http http;
    private final String configMaps;
    private final String gadgets;

    UpdateContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.configMaps = Paths.configMaps(namespace);
        this.gadgets = Paths.gadgets(namespace);
    }

    @Test
    void replacesObject() {
        JsonNode made = http.post(configMaps, ConfigMaps.holding("a", "{k: v}")).ok(201);
        JsonNode updated =
                http.put(configMaps + "/a", ConfigMaps.holding("a", "{x: y}")).ok(200);

        assertThat(updated.path("data")).isEqualTo(Yaml.toTree("{x: y}"));
        assertThat(resourceVersion(updated)).isGreaterThan(resourceVersion(made));
        assertThat(updated.at("/metadata/uid")).isEqualTo(made.at("/metadata/uid"));
        assertThat(updated.at("/metadata/creationTimestamp")).isEqualTo(made.at("/metadata/creationTimestamp"));
    }

    @Test
    void keepsResourceVersionWithoutChange() {
        http.post(configMaps, ConfigMaps.holding("a", "{k: v}")).ok(201);
        JsonNode before =
                http.put(configMaps + "/a", ConfigMaps.holding("a", "{k: v}")).ok();
        JsonNode after =
                http.put(configMaps + "/a", ConfigMaps.holding("a", "{k: v}")).ok();
        assertThat(resourceVersion(after)).isEqualTo(resourceVersion(before));
    }

    @Test
    void rejectsStaleResourceVersion() {
        String stale = http.post(configMaps, ConfigMaps.named("a"))
                .ok(201)
                .at("/metadata/resourceVersion")
                .asString();
        http.put(configMaps + "/a", ConfigMaps.holding("a", "{k: v}")).ok();

        JsonNode status = http.put(configMaps + "/a", "metadata: {name: a, resourceVersion: '" + stale + "'}")
                .fails(409, "Conflict");
        assertThat(status.path("message").asString())
                .isEqualTo("Operation cannot be fulfilled on configmaps \"a\": the object has been modified; "
                        + "please apply your changes to the latest version and try again");
        assertThat(status.at("/details/name").asString()).isEqualTo("a");
        assertThat(http.get(configMaps + "/a").ok().at("/data/k").asString()).isEqualTo("v");
    }

    @Test
    void acceptsCurrentResourceVersion() {
        String current = http.post(configMaps, ConfigMaps.named("a"))
                .ok(201)
                .at("/metadata/resourceVersion")
                .asString();
        http.put(configMaps + "/a", "{metadata: {name: a, resourceVersion: '" + current + "'}, data: {k: v}}")
                .ok(200);
    }

    @Test
    void requiresResourceVersionForCustomKind() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        Answer answer = http.put(gadgets + "/a", Gadgets.named("a", "{size: 2}"));
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).containsExactly("metadata.resourceVersion");
    }

    @Test
    void rejectsOtherUid() {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        JsonNode status = http.put(configMaps + "/a", "metadata: {name: a, uid: 00000000-0000-0000-0000-000000000001}")
                .fails(409, "Conflict");
        assertThat(status.path("message").asString()).contains("UID");
    }

    @Test
    void doesNotCreate() {
        http.put(configMaps + "/missing", ConfigMaps.named("missing")).fails(404, "NotFound");
        http.put(gadgets + "/missing", Gadgets.named("missing", "{size: 1}")).fails(404, "NotFound");
    }

    @Test
    void rejectsNameThatDiffersFromPath() {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        http.put(configMaps + "/a", ConfigMaps.named("b")).fails(400, "BadRequest");
        http.put(configMaps + "/a", "data: {k: v}").fails(400, "BadRequest");
    }

    @Test
    void generationCountsSpecChanges() {
        JsonNode made = http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        assertThat(made.at("/metadata/generation").asInt()).isEqualTo(1);

        JsonNode labelled = http.patch(gadgets + "/a", Http.MERGE_PATCH, "metadata: {labels: {l: v}}")
                .ok();
        assertThat(labelled.at("/metadata/generation").asInt()).isEqualTo(1);

        JsonNode changed =
                http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}").ok();
        assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(2);

        JsonNode same =
                http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}").ok();
        assertThat(same.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(resourceVersion(same)).isEqualTo(resourceVersion(changed));
    }

    @Test
    void ignoresGenerationOfClient() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        JsonNode patched = http.patch(gadgets + "/a", Http.MERGE_PATCH, "metadata: {generation: 9}")
                .ok();
        assertThat(patched.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void updateIgnoresStatus() {
        JsonNode made = http.post(gadgets, Gadgets.named("a", "{size: 1}\nstatus: {note: early}"))
                .ok(201);
        assertThat(made.has("status")).isFalse();

        JsonNode patched = http.patch(gadgets + "/a", Http.MERGE_PATCH, "status: {note: sneaky}")
                .ok();
        assertThat(patched.has("status")).isFalse();
    }

    @Test
    void statusUpdateChangesOnlyStatus() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        JsonNode patched = http.patch(
                        gadgets + "/a/status",
                        Http.MERGE_PATCH,
                        "{metadata: {labels: {l: v}}, spec: {size: 50}, status: {note: done}}")
                .ok();
        assertThat(patched.at("/status/note").asString()).isEqualTo("done");
        assertThat(patched.at("/spec/size").asInt()).isEqualTo(1);
        assertThat(patched.at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(patched.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(http.get(gadgets + "/a/status").ok()).isEqualTo(patched);
        assertThat(patched.at("/metadata/managedFields/1/subresource").asString())
                .isEqualTo("status");
    }

    @Test
    void replacesStatus() {
        JsonNode made = http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        String body = """
                apiVersion: contract.sluice.dev/v1
                kind: Gadget
                metadata: {name: a, resourceVersion: '%s'}
                spec: {size: 5}
                status: {note: put}
                """.formatted(made.at("/metadata/resourceVersion").asString());
        JsonNode updated = http.put(gadgets + "/a/status", body).ok();
        assertThat(updated.at("/status/note").asString()).isEqualTo("put");
        assertThat(updated.at("/spec/size").asInt()).isEqualTo(1);
        http.put(gadgets + "/a/status", body).fails(409, "Conflict");
    }

    @Test
    void rejectsMissingStatusSubresource() {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        assertThat(http.get(configMaps + "/a/status").code()).isEqualTo(404);
    }

    private static long resourceVersion(JsonNode object) {
        return Long.parseLong(object.at("/metadata/resourceVersion").asString());
    }
}
