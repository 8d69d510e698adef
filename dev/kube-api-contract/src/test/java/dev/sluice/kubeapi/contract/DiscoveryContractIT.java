package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@KubernetesTest
final class DiscoveryContractIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Http http;

    DiscoveryContractIT(KubernetesApi api) {
        http = Gadgets.definedOn(api);
    }

    @Test
    void reportsVersion() {
        JsonNode version = http.get("/version").ok();
        assertThat(version.path("major").asString()).isEqualTo("1");
        assertThat(version.path("minor").asString()).matches("[0-9]+\\+?");
        assertThat(version.path("gitVersion").asString())
                .startsWith("v1." + version.path("minor").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/livez", "/readyz"})
    void isHealthy(String path) {
        Answer answer = http.get(path);
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(answer.contentType()).startsWith("text/plain");
    }

    @Test
    void listsTheVersionsOfTheCoreGroup() {
        JsonNode versions = http.get("/api").ok();
        assertThat(versions.path("kind").asString()).isEqualTo("APIVersions");
        assertThat(texts(versions.path("versions"))).containsExactly("v1");
    }

    @Test
    void listsTheGroupsWithTheirPreferredVersions() {
        JsonNode groups = http.get("/apis").ok();
        assertThat(groups.path("kind").asString()).isEqualTo("APIGroupList");
        JsonNode coordination = named(groups.path("groups"), "coordination.k8s.io");
        assertThat(coordination.at("/preferredVersion/groupVersion").asString()).isEqualTo("coordination.k8s.io/v1");
        assertThat(named(groups.path("groups"), "apiextensions.k8s.io").isMissingNode())
                .isFalse();
        await().atMost(LIMIT)
                .until(() -> !named(http.get("/apis").ok().path("groups"), "contract.sluice.dev")
                        .isMissingNode());
    }

    @Test
    void describesGroup() {
        JsonNode group = http.get("/apis/coordination.k8s.io").ok();
        assertThat(group.path("kind").asString()).isEqualTo("APIGroup");
        assertThat(group.at("/versions/0/groupVersion").asString()).isEqualTo("coordination.k8s.io/v1");
    }

    @Test
    void listsTheResourcesOfTheCoreGroup() {
        JsonNode list = http.get("/api/v1").ok();
        assertThat(list.path("kind").asString()).isEqualTo("APIResourceList");
        assertThat(list.path("groupVersion").asString()).isEqualTo("v1");
        JsonNode configMaps = named(list.path("resources"), "configmaps");
        assertThat(configMaps.path("kind").asString()).isEqualTo("ConfigMap");
        assertThat(configMaps.path("singularName").asString()).isEqualTo("configmap");
        assertThat(configMaps.path("namespaced").asBoolean()).isTrue();
        assertThat(texts(configMaps.path("shortNames"))).containsExactly("cm");
        assertThat(texts(configMaps.path("verbs")))
                .contains("create", "delete", "get", "list", "patch", "update", "watch");
        assertThat(named(list.path("resources"), "namespaces")
                        .path("namespaced")
                        .asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "events", "secrets", "configmaps", "serviceaccounts"})
    void servesTheCoreKindsThatControllersUse(String plural) {
        assertThat(named(http.get("/api/v1").ok().path("resources"), plural).isMissingNode())
                .isFalse();
    }

    @Test
    void listsTheResourcesOfACustomGroupWithTheirSubresources() {
        JsonNode resources = http.get(Paths.GADGET_GROUP).ok().path("resources");
        JsonNode gadgets = named(resources, "gadgets");
        assertThat(gadgets.path("kind").asString()).isEqualTo("Gadget");
        assertThat(gadgets.path("singularName").asString()).isEqualTo("gadget");
        assertThat(texts(gadgets.path("shortNames"))).containsExactly("gd");
        assertThat(texts(gadgets.path("categories"))).containsExactly("contract");
        assertThat(texts(named(resources, "gadgets/status").path("verbs")))
                .containsExactlyInAnyOrder("get", "patch", "update");
    }

    @Test
    void servesOpenApi3() {
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode index = http.get("/openapi/v3").ok();
            String custom = index.at("/paths/apis~1contract.sluice.dev~1v1/serverRelativeURL")
                    .asString("");
            assertThat(custom).startsWith("/openapi/v3/apis/contract.sluice.dev/v1");
            JsonNode schemas = http.get(custom).ok().at("/components/schemas");
            JsonNode gadget = schemas.path("dev.sluice.contract.v1.Gadget");
            assertThat(gadget.at("/properties/spec/properties/size/description").asString())
                    .isEqualTo("How large it is.");
            JsonNode kind = gadget.path("x-kubernetes-group-version-kind").path(0);
            assertThat(kind.path("kind").asString()).isEqualTo("Gadget");
        });
        assertThat(http.get("/openapi/v3")
                        .ok()
                        .at("/paths/api~1v1/serverRelativeURL")
                        .asString())
                .startsWith("/openapi/v3/api/v1");
    }

    /** kubectl requests it to look for an unknown kind. */
    @Test
    void servesOpenApi2InProtobuf() {
        Answer answer = http.get("/openapi/v2", "Accept", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "/apis/nope.example.com", "/apis/nope.example.com/v1/things"})
    void rejectsUnknownGroups(String path) {
        assertThat(http.get(path).code()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nopes",
                "/apis/coordination.k8s.io/v1/nopes",
                "/apis/contract.sluice.dev/v1/namespaces/x/nopes"
            })
    void rejectsUnknownResources(String path) {
        Answer answer = http.get(path);
        assertThat(answer.code()).isEqualTo(404);
    }

    @Test
    void rejectsUnsupportedMethod() {
        http.raw("POST", "/api/v1/namespaces/default/configmaps/x", Http.JSON, "{}")
                .fails(405, "MethodNotAllowed");
        http.delete("/api/v1/namespaces").fails(405, "MethodNotAllowed");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static JsonNode named(JsonNode array, String name) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElse(Yaml.JSON.missingNode());
    }
}
