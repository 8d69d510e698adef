package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The tables of kubectl get. */
@KubernetesTest
final class TableContractIT {

    private static final String TABLE =
            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    private final Http http;
    private final String namespace;
    private final String gadgets;

    TableContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.namespace = namespace;
        this.gadgets = Paths.gadgets(namespace);
    }

    @Test
    void hasColumnsOfCrd() {
        http.post(gadgets, Gadgets.named("a", "{size: 5, owner: abc}")).ok(201);
        http.patch(
                        gadgets + "/a/status",
                        Http.MERGE_PATCH,
                        "status: {conditions: [{type: Other, status: 'True', reason: Wrong}, {type: Ready, status: 'True', reason: Succeeded}]}")
                .ok();

        JsonNode table = table(gadgets);

        assertThat(table.path("kind").asString()).isEqualTo("Table");
        assertThat(table.path("apiVersion").asString()).isEqualTo("meta.k8s.io/v1");
        assertThat(table.at("/metadata/resourceVersion").asString()).isNotBlank();
        assertThat(columns(table))
                .containsExactly(
                        "Name string name 0", "Size integer  0", "Phase string  0", "Owner string  1", "Age date  0");
        assertThat(table.at("/columnDefinitions/1/description").asString()).isEqualTo("How large it is");
        List<JsonNode> cells = cells(table, 0);
        assertThat(cells.get(0).asString()).isEqualTo("a");
        assertThat(cells.get(1).isIntegralNumber()).isTrue();
        assertThat(cells.get(1).asInt()).isEqualTo(5);
        assertThat(cells.get(2).asString()).isEqualTo("Succeeded");
        assertThat(cells.get(3).asString()).isEqualTo("abc");
        assertThat(cells.get(4).asString()).matches("[0-9]+s|<invalid>");
        JsonNode object = table.at("/rows/0/object");
        assertThat(object.path("kind").asString()).isEqualTo("PartialObjectMetadata");
        assertThat(object.path("apiVersion").asString()).isEqualTo("meta.k8s.io/v1");
        assertThat(object.at("/metadata/name").asString()).isEqualTo("a");
        assertThat(object.has("spec")).isFalse();
    }

    @Test
    void missingValuesAreNullCells() {
        http.post(gadgets, Gadgets.named("a", "{size: 5}")).ok(201);
        assertThat(cells(table(gadgets), 0).get(2).isNull()).isTrue();
    }

    @Test
    void showsOneObject() {
        http.post(gadgets, Gadgets.named("a", "{size: 5}")).ok(201);
        JsonNode table = table(gadgets + "/a");
        assertThat(table.path("rows").size()).isEqualTo(1);
        assertThat(cells(table, 0).get(0).asString()).isEqualTo("a");
        http.get(gadgets + "/missing", "Accept", TABLE).fails(404, "NotFound");
    }

    @Test
    void showsAnEmptyCollection() {
        JsonNode table = table(gadgets);
        assertThat(table.path("rows").size()).isZero();
        assertThat(table.path("columnDefinitions").size()).isEqualTo(5);
    }

    @Test
    void pagesAndSelectsLikeAList() {
        for (String name : List.of("a", "b", "c")) {
            http.post(gadgets, Gadgets.named(name, "{size: 1}")).ok(201);
        }
        JsonNode table = table(gadgets + "?limit=2");
        assertThat(table.path("rows").size()).isEqualTo(2);
        assertThat(table.at("/metadata/continue").asString()).isNotBlank();
        assertThat(table(gadgets + "?fieldSelector=metadata.name%3Db")
                        .path("rows")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void includesObjectOnRequest() {
        http.post(gadgets, Gadgets.named("a", "{size: 5}")).ok(201);
        assertThat(table(gadgets + "?includeObject=Object")
                        .at("/rows/0/object/spec/size")
                        .asInt())
                .isEqualTo(5);
        JsonNode none = table(gadgets + "?includeObject=None").at("/rows/0/object");
        assertThat(none.isMissingNode() || none.isNull()).isTrue();
        http.get(gadgets + "?includeObject=Some", "Accept", TABLE).fails(400, "BadRequest");
    }

    @Test
    void watchesAsTables() {
        http.post(gadgets, Gadgets.named("a", "{size: 5}")).ok(201);
        try (WatchStream watch = http.watch(gadgets, "Accept", TABLE)) {
            WatchStream.Event first = watch.next();
            assertThat(first.type()).isEqualTo("ADDED");
            assertThat(first.object().path("kind").asString()).isEqualTo("Table");
            assertThat(columns(first.object())).hasSize(5);
            assertThat(cells(first.object(), 0).get(1).asInt()).isEqualTo(5);
            http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 6}").ok();
            WatchStream.Event second = watch.next();
            assertThat(second.type()).isEqualTo("MODIFIED");
            assertThat(cells(second.object(), 0).get(1).asInt()).isEqualTo(6);
        }
    }

    @Test
    void hasColumnsForTheBuiltInKinds() {
        http.post(Paths.configMaps(namespace), ConfigMaps.holding("a", "{x: y, z: w}"))
                .ok(201);
        JsonNode configMaps = table(Paths.configMaps(namespace) + "?fieldSelector=metadata.name%3Da");
        assertThat(columns(configMaps)).containsExactly("Name string name 0", "Data string  0", "Age string  0");
        assertThat(cells(configMaps, 0).get(1).asString()).isEqualTo("2");

        http.post(Paths.core(namespace, "secrets"), "{metadata: {name: a}, stringData: {x: y}}")
                .ok(201);
        JsonNode secrets = table(Paths.core(namespace, "secrets"));
        assertThat(columns(secrets))
                .containsExactly("Name string name 0", "Type string  0", "Data string  0", "Age string  0");
        assertThat(cells(secrets, 0).get(1).asString()).isEqualTo("Opaque");

        JsonNode namespaces = table("/api/v1/namespaces/" + namespace);
        assertThat(columns(namespaces)).containsExactly("Name string name 0", "Status string  0", "Age string  0");
        assertThat(cells(namespaces, 0).get(1).asString()).isEqualTo("Active");

        http.post(
                        "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases",
                        "{metadata: {name: a}, spec: {holderIdentity: me}}")
                .ok(201);
        JsonNode leases = table("/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases");
        assertThat(columns(leases)).containsExactly("Name string name 0", "Holder string  0", "Age string  0");
        assertThat(cells(leases, 0).get(1).asString()).isEqualTo("me");
    }

    @Test
    void hasColumnsForEvents() {
        http.post(Paths.core(namespace, "events"), """
                        metadata: {name: a}
                        involvedObject: {kind: Gadget, name: g, namespace: %s}
                        type: Warning
                        reason: Broke
                        message: it broke
                        """.formatted(namespace)).ok(201);
        JsonNode events = table(Paths.core(namespace, "events"));
        assertThat(columns(events))
                .containsExactly(
                        "Last Seen string  0",
                        "Type string  0",
                        "Reason string  0",
                        "Object string  0",
                        "Subobject string  1",
                        "Source string  1",
                        "Message string  0",
                        "First Seen string  1",
                        "Count string  1",
                        "Name string name 1");
        List<JsonNode> cells = cells(events, 0);
        assertThat(cells.get(1).asString()).isEqualTo("Warning");
        assertThat(cells.get(2).asString()).isEqualTo("Broke");
        assertThat(cells.get(3).asString()).isEqualTo("gadget/g");
        assertThat(cells.get(6).asString()).isEqualTo("it broke");
    }

    private JsonNode table(String path) {
        return http.get(path, "Accept", TABLE).ok();
    }

    private static List<String> columns(JsonNode table) {
        return StreamSupport.stream(table.path("columnDefinitions").spliterator(), false)
                .map(column -> column.path("name").asString() + " "
                        + column.path("type").asString() + " "
                        + column.path("format").asString() + " "
                        + column.path("priority").asInt())
                .toList();
    }

    private static List<JsonNode> cells(JsonNode table, int row) {
        return StreamSupport.stream(table.at("/rows/" + row + "/cells").spliterator(), false)
                .toList();
    }
}
