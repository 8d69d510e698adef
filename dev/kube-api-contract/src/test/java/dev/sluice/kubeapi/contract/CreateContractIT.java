package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@KubernetesTest
final class CreateContractIT {

    private final Http http;
    private final String namespace;
    private final String configMaps;

    CreateContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.namespace = namespace;
        this.configMaps = Paths.configMaps(namespace);
    }

    @Test
    void setsServerFields() {
        JsonNode made = http.post(configMaps, ConfigMaps.holding("a", "{k: v}")).ok(201);

        assertThat(made.path("kind").asString()).isEqualTo("ConfigMap");
        assertThat(made.path("apiVersion").asString()).isEqualTo("v1");
        assertThat(made.at("/metadata/namespace").asString()).isEqualTo(namespace);
        assertThat(made.at("/metadata/uid").asString()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(made.at("/metadata/resourceVersion").asString()).matches("[1-9][0-9]*");
        assertThat(made.at("/metadata/creationTimestamp").asString())
                .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
        assertThat(made.at("/metadata/generation").isMissingNode()).isTrue();
        assertThat(made.at("/data/k").asString()).isEqualTo("v");
        assertThat(http.get(configMaps + "/a").ok()).isEqualTo(made);
    }

    @Test
    void ignoresServerFieldsOfClient() {
        String wanted = """
                metadata:
                  name: a
                  uid: 00000000-0000-0000-0000-000000000001
                  creationTimestamp: "2001-01-01T00:00:00Z"
                  generation: 7
                  deletionTimestamp: "2001-01-01T00:00:00Z"
                """;
        JsonNode metadata = http.post(configMaps, wanted).ok(201).path("metadata");

        assertThat(metadata.path("uid").asString()).isNotEqualTo("00000000-0000-0000-0000-000000000001");
        assertThat(metadata.path("creationTimestamp").asString()).doesNotStartWith("2001");
        assertThat(metadata.has("deletionTimestamp")).isFalse();
    }

    @Test
    void rejectsResourceVersion() {
        http.post(configMaps, "metadata: {name: a, resourceVersion: '5'}").fails(500, "");
    }

    @Test
    void recordsManagedFields() {
        JsonNode made = http.post(configMaps + "?fieldManager=someone", ConfigMaps.holding("a", "{k: v}"))
                .ok(201);
        JsonNode entry = made.at("/metadata/managedFields/0");
        assertThat(entry.path("manager").asString()).isEqualTo("someone");
        assertThat(entry.path("operation").asString()).isEqualTo("Update");
        assertThat(entry.path("apiVersion").asString()).isEqualTo("v1");
        assertThat(entry.path("fieldsType").asString()).isEqualTo("FieldsV1");
        assertThat(entry.path("fieldsV1")).isEqualTo(Yaml.toTree("{'f:data': {'.': {}, 'f:k': {}}}"));
    }

    @Test
    void answersAccessReviews() {
        String spec = "spec: {user: a, groups: ['system:masters'], resourceAttributes:"
                + " {namespace: %s, verb: create, group: '', resource: configmaps}}".formatted(namespace);
        String group = "/apis/authorization.k8s.io/v1/";
        JsonNode review = http.post(
                        group + "subjectaccessreviews",
                        "{apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview, %s}".formatted(spec))
                .ok(201);
        assertThat(review.at("/status/allowed").asBoolean()).isTrue();
        JsonNode local = http.post(
                        group + "namespaces/%s/localsubjectaccessreviews".formatted(namespace),
                        "{apiVersion: authorization.k8s.io/v1, kind: LocalSubjectAccessReview, metadata: {namespace: %s}, %s}"
                                .formatted(namespace, spec))
                .ok(201);
        assertThat(local.at("/status/allowed").asBoolean()).isTrue();
    }

    @Test
    void generatesNames() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            JsonNode made =
                    http.post(configMaps, "metadata: {generateName: some-}").ok(201);
            assertThat(made.at("/metadata/generateName").asString()).isEqualTo("some-");
            names.add(made.at("/metadata/name").asString());
        }
        assertThat(names).hasSize(5).allSatisfy(name -> assertThat(name).matches("some-[a-z0-9]{5}"));
    }

    @Test
    void rejectsExistingName() {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        JsonNode status = http.post(configMaps, ConfigMaps.named("a")).fails(409, "AlreadyExists");
        assertThat(status.path("message").asString()).isEqualTo("configmaps \"a\" already exists");
        assertThat(status.at("/details/name").asString()).isEqualTo("a");
        assertThat(status.at("/details/kind").asString()).isEqualTo("configmaps");
    }

    @Test
    void detailsContainGroup() {
        String gadgets = Paths.gadgets(namespace);
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        JsonNode status = http.post(gadgets, Gadgets.named("a", "{size: 1}")).fails(409, "AlreadyExists");
        assertThat(status.path("message").asString()).isEqualTo("gadgets.contract.sluice.dev \"a\" already exists");
        assertThat(status.at("/details/group").asString()).isEqualTo("contract.sluice.dev");
        assertThat(http.get(gadgets + "/b")
                        .fails(404, "NotFound")
                        .at("/details/group")
                        .asString())
                .isEqualTo("contract.sluice.dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a_b", "-a", "a.", "a..b", "ü"})
    void rejectsInvalidName(String name) {
        Answer answer = http.post(configMaps, "metadata: {name: '" + name + "'}");
        JsonNode status = answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).containsOnly("metadata.name");
        assertThat(status.at("/details/causes/0/reason").asString()).isEqualTo("FieldValueInvalid");
        assertThat(status.at("/details/name").asString()).isEqualTo(name);
        assertThat(status.path("message").asString())
                .startsWith("ConfigMap \"" + name + "\" is invalid: metadata.name: Invalid value: \"" + name + "\"");
    }

    @Test
    void rejectsMissingName() {
        Answer answer = http.post(configMaps, "data: {a: b}");
        assertThat(answer.fails(422, "Invalid").at("/details/causes/0/reason").asString())
                .isEqualTo("FieldValueRequired");
        assertThat(answer.causeFields()).containsExactly("metadata.name");
    }

    @Test
    void rejectsInvalidLabelsAndAnnotations() {
        Answer answer = http.post(
                configMaps, "metadata: {name: a, labels: {'bad key': x, good: 'bad value!'}, annotations: {'-x': y}}");
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).containsOnly("metadata.labels", "metadata.annotations");
    }

    @Test
    void rejectsOtherKind() {
        http.post(configMaps, "{apiVersion: v1, kind: Secret, metadata: {name: a}}")
                .fails(400, "BadRequest");
        Answer other = http.post(
                Paths.gadgets(namespace),
                "{apiVersion: contract.sluice.dev/v1, kind: Other, metadata: {name: a}, spec: {size: 1}}");
        other.fails(422, "Invalid");
        assertThat(other.causeFields()).containsExactly("kind");
        http.post(Paths.gadgets(namespace), "{apiVersion: contract.sluice.dev/v2, kind: Gadget, metadata: {name: a}}")
                .fails(400, "BadRequest");
    }

    @Test
    void acceptsBuiltInKindWithoutTypeMeta() {
        assertThat(http.post(configMaps, "metadata: {name: a}")
                        .ok(201)
                        .path("kind")
                        .asString())
                .isEqualTo("ConfigMap");
    }

    @Test
    void rejectsNamespaceThatDiffersFromPath() {
        JsonNode status =
                http.post(configMaps, "metadata: {name: a, namespace: other}").fails(400, "BadRequest");
        assertThat(status.path("message").asString()).contains("namespace");
    }

    @Test
    void rejectsMissingNamespace() {
        JsonNode status = http.post(Paths.configMaps("no-such-namespace"), ConfigMaps.named("a"))
                .fails(404, "NotFound");
        assertThat(status.path("message").asString()).isEqualTo("namespaces \"no-such-namespace\" not found");
        assertThat(status.at("/details/kind").asString()).isEqualTo("namespaces");
        http.post(Paths.gadgets("no-such-namespace"), Gadgets.named("a", "{size: 1}"))
                .fails(404, "NotFound");
    }

    @Test
    void rejectsMalformedBody() {
        http.raw("POST", configMaps, Http.JSON, "{nope").fails(400, "BadRequest");
        http.raw("POST", configMaps, Http.JSON, "").fails(400, "BadRequest");
        http.raw("POST", configMaps, Http.JSON, "[]").fails(400, "BadRequest");
    }

    @Test
    void rejectsWrongType() {
        http.post(configMaps, "{metadata: {name: a}, data: {k: 1}}").fails(400, "BadRequest");
        http.post(configMaps, "{metadata: {name: a}, data: [x]}").fails(400, "BadRequest");
        http.post(configMaps, "{metadata: {name: 5}}").fails(400, "BadRequest");
    }

    @Test
    void rejectsUnsupportedMediaType() {
        http.raw("POST", configMaps, "text/plain", "abc").fails(415, "UnsupportedMediaType");
    }

    @Test
    void rejectsUnsupportedAcceptHeader() {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        http.get(configMaps + "/a", "Accept", "image/png").fails(406, "NotAcceptable");
        http.get(configMaps + "/a", "Accept", "*/*").ok(200);
    }

    @Test
    void reportsMissingObject() {
        JsonNode status = http.get(configMaps + "/missing").fails(404, "NotFound");
        assertThat(status.path("message").asString()).isEqualTo("configmaps \"missing\" not found");
        assertThat(status.at("/details/name").asString()).isEqualTo("missing");
        assertThat(status.at("/details/kind").asString()).isEqualTo("configmaps");
    }

    @Test
    void storesOwnerReferencesAndFinalizers() {
        JsonNode metadata = http.post(configMaps, """
                        metadata:
                          name: a
                          finalizers: [sluice.dev/test]
                          ownerReferences:
                            - {apiVersion: v1, kind: ConfigMap, name: b, uid: some-uid, controller: true}
                        """).ok(201).path("metadata");
        assertThat(metadata.at("/finalizers/0").asString()).isEqualTo("sluice.dev/test");
        assertThat(metadata.at("/ownerReferences/0/uid").asString()).isEqualTo("some-uid");
        http.patch(configMaps + "/a", Http.MERGE_PATCH, "metadata: {finalizers: null}")
                .ok();
    }
}
