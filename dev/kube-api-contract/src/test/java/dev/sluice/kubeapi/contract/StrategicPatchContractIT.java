package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Strategic merge patches, which use the list keys of built-in kinds. */
@KubernetesTest
final class StrategicPatchContractIT {

    private final Http http;
    private final String configMaps;
    private final String serviceAccounts;

    StrategicPatchContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Http.on(api);
        this.configMaps = Paths.configMaps(namespace);
        this.serviceAccounts = Paths.core(namespace, "serviceaccounts");
    }

    @Test
    void mergesMapsAndRemovesNulls() {
        http.post(configMaps, ConfigMaps.holding("a", "{a: '1', b: '2'}")).ok(201);
        JsonNode patched = patch(configMaps, "data: {a: null, c: '3'}");
        assertThat(patched.path("data")).isEqualTo(Yaml.toTree("{b: '2', c: '3'}"));
    }

    @Test
    void mergesListsOfObjectsByTheirKey() {
        http.post(
                        serviceAccounts,
                        "{metadata: {name: a}, imagePullSecrets: [{name: atomic}], secrets: [{name: one}, {name: s}]}")
                .ok(201);
        JsonNode patched =
                patch(serviceAccounts, "{imagePullSecrets: [{name: new}], secrets: [{name: two}, {name: s}]}");
        assertThat(patched.path("imagePullSecrets")).isEqualTo(Yaml.toTree("[{name: new}]"));
        assertThat(patched.path("secrets"))
                .containsExactlyInAnyOrderElementsOf(Yaml.toTree("[{name: one}, {name: two}, {name: s}]"));
    }

    @Test
    void removesItemByKey() {
        http.post(serviceAccounts, "{metadata: {name: a}, secrets: [{name: one}, {name: two}]}")
                .ok(201);
        JsonNode patched = patch(serviceAccounts, "secrets: [{$patch: delete, name: one}]");
        assertThat(patched.path("secrets")).isEqualTo(Yaml.toTree("[{name: two}]"));
    }

    @Test
    void mergesAndRemovesFinalizersAndOwners() {
        http.post(
                        configMaps,
                        "metadata: {name: a, finalizers: [x.dev/one], ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: o, uid: u1}]}")
                .ok(201);
        JsonNode more = patch(
                configMaps,
                "metadata: {finalizers: [x.dev/two], ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: p, uid: u2}]}");
        assertThat(more.at("/metadata/finalizers"))
                .containsExactlyInAnyOrderElementsOf(Yaml.toTree("[x.dev/one, x.dev/two]"));
        assertThat(more.at("/metadata/ownerReferences").findValuesAsString("uid"))
                .containsExactlyInAnyOrder("u1", "u2");

        JsonNode less = patch(
                configMaps,
                "metadata: {$deleteFromPrimitiveList/finalizers: [x.dev/one, x.dev/two], ownerReferences: [{$patch: delete, uid: u1}]}");
        assertThat(less.at("/metadata/finalizers").isMissingNode()).isTrue();
        assertThat(less.at("/metadata/ownerReferences").findValuesAsString("uid"))
                .containsExactly("u2");
    }

    @Test
    void rejectsUnknownDirective() {
        http.post(configMaps, ConfigMaps.holding("a", "{a: '1'}")).ok(201);
        assertThat(http.patch(configMaps + "/a", Http.STRATEGIC_PATCH, "data: {$patch: shuffle}")
                        .code())
                .isBetween(400, 599);
        assertThat(http.get(configMaps + "/a").ok().at("/data/a").asString()).isEqualTo("1");
    }

    private JsonNode patch(String collection, String patch) {
        return http.patch(collection + "/a", Http.STRATEGIC_PATCH, patch).ok(200);
    }
}
