package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The behaviour of the built-in kinds. */
@KubernetesTest
final class BuiltInKindsContractIT {

    private final Http http;
    private final String namespace;

    BuiltInKindsContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Http.on(api);
        this.namespace = namespace;
    }

    @Test
    void hasSystemNamespaces() {
        assertThat(http.get("/api/v1/namespaces").names()).contains("default", "kube-system");
    }

    @Test
    void activatesAndLabelsNamespaces() {
        JsonNode made = http.get("/api/v1/namespaces/" + namespace).ok();
        assertThat(made.at("/status/phase").asString()).isEqualTo("Active");
        assertThat(made.at("/metadata/labels/kubernetes.io~1metadata.name").asString())
                .isEqualTo(namespace);
        assertThat(made.at("/spec/finalizers/0").asString()).isEqualTo("kubernetes");
    }

    @Test
    void rejectsObjectsInTerminatingNamespace() {
        String name = "sluice-ends-" + UUID.randomUUID().toString().substring(0, 8);
        http.post("/api/v1/namespaces", "metadata: {name: " + name + ", finalizers: [sluice.dev/wait]}")
                .ok(201);
        http.post(Paths.configMaps(name), ConfigMaps.named("a")).ok(201);

        JsonNode ending = http.delete("/api/v1/namespaces/" + name).ok();

        assertThat(ending.at("/status/phase").asString()).isEqualTo("Terminating");
        JsonNode refused =
                http.post(Paths.configMaps(name), ConfigMaps.named("b")).fails(403, "Forbidden");
        assertThat(refused.path("message").asString()).contains("is being terminated");
        assertThat(refused.at("/details/causes/0/reason").asString()).isEqualTo("NamespaceTerminating");
        http.patch("/api/v1/namespaces/" + name, Http.MERGE_PATCH, "metadata: {finalizers: null}")
                .ok();
    }

    @Test
    void defaultNamespaceCannotBeDeleted() {
        http.delete("/api/v1/namespaces/default").fails(403, "Forbidden");
    }

    @Test
    void selectsNamespacesByPhaseAndName() {
        assertThat(http.get("/api/v1/namespaces?fieldSelector=metadata.name%3D" + namespace + ",status.phase%3DActive")
                        .names())
                .containsExactly(namespace);
    }

    @Test
    void encodesStringDataOfSecrets() {
        String secrets = Paths.core(namespace, "secrets");
        JsonNode made = http.post(secrets, "{metadata: {name: a}, stringData: {user: me}, data: {raw: AAEC}}")
                .ok(201);
        assertThat(made.path("type").asString()).isEqualTo("Opaque");
        assertThat(made.has("stringData")).isFalse();
        assertThat(made.path("data")).isEqualTo(Yaml.toTree("{user: bWU=, raw: AAEC}"));
        http.post(secrets, "{metadata: {name: b}, data: {raw: '***'}}").fails(400, "BadRequest");
        assertThat(http.get(secrets + "?fieldSelector=type%3DOpaque").names()).containsExactly("a");
    }

    @Test
    void typeOfSecretIsImmutable() {
        String secrets = Paths.core(namespace, "secrets");
        http.post(secrets, "{metadata: {name: a}}").ok(201);
        Answer answer = http.patch(secrets + "/a", Http.MERGE_PATCH, "type: other");
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).containsExactly("type");
    }

    @Test
    void validatesConfigMapKeys() {
        Answer answer = http.post(Paths.configMaps(namespace), "{metadata: {name: a}, data: {'a b': x}}");
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).containsExactly("data[a b]");
    }

    @Test
    void storesBinaryDataOfConfigMaps() {
        JsonNode made = http.post(Paths.configMaps(namespace), "{metadata: {name: a}, binaryData: {b: AAEC}}")
                .ok(201);
        assertThat(made.at("/binaryData/b").asString()).isEqualTo("AAEC");
    }

    @Test
    void storesLeases() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
        JsonNode made = http.post(
                        leases,
                        "{metadata: {name: a}, spec: {holderIdentity: me, leaseDurationSeconds: 15, acquireTime: '2026-01-01T00:00:00.123456Z', renewTime: '2026-01-01T00:00:00.000000Z', leaseTransitions: 1}}")
                .ok(201);
        assertThat(made.at("/spec/acquireTime").asString()).isEqualTo("2026-01-01T00:00:00.123456Z");
        assertThat(made.at("/spec/renewTime").asString()).isEqualTo("2026-01-01T00:00:00.000000Z");
        http.put(leases + "/a", "{metadata: {name: a, resourceVersion: '1'}, spec: {holderIdentity: other}}")
                .fails(409, "Conflict");
    }

    @Test
    void storesEventsAndSelectsByInvolvedObject() {
        String events = Paths.core(namespace, "events");
        for (String name : new String[] {"one", "two"}) {
            http.post(events, """
                            metadata: {name: %1$s.1}
                            involvedObject: {apiVersion: contract.sluice.dev/v1, kind: Gadget, name: %1$s, namespace: %2$s, uid: u-%1$s}
                            reason: Made
                            type: Normal
                            message: made %1$s
                            source: {component: test}
                            firstTimestamp: "2026-01-01T00:00:00Z"
                            lastTimestamp: "2026-01-01T00:00:00Z"
                            count: 1
                            """.formatted(name, namespace)).ok(201);
        }
        assertThat(http.get(events + "?fieldSelector=involvedObject.name%3Dtwo,involvedObject.kind%3DGadget")
                        .names())
                .containsExactly("two.1");
        assertThat(http.get(events + "?fieldSelector=type%3DWarning").names()).isEmpty();
        assertThat(http.get(events + "?fieldSelector=involvedObject.uid%3Du-one")
                        .names())
                .containsExactly("one.1");
        assertThat(http.patch(events + "/one.1", Http.STRATEGIC_PATCH, "count: 2")
                        .ok()
                        .path("count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void storesServiceAccounts() {
        String accounts = Paths.core(namespace, "serviceaccounts");
        JsonNode made = http.post(accounts, "{metadata: {name: a}, automountServiceAccountToken: false}")
                .ok(201);
        assertThat(made.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(http.get(accounts + "?fieldSelector=metadata.name%3Da").names())
                .containsExactly("a");
    }
}
