package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Server-side apply. */
@KubernetesTest
final class ApplyContractIT {

    private final Http http;
    private final String configMaps;
    private final String gadgets;

    ApplyContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.configMaps = Paths.configMaps(namespace);
        this.gadgets = Paths.gadgets(namespace);
    }

    @Test
    void createsMissingObject() {
        JsonNode made = gadget("one", "{size: 1}", 201);
        assertThat(Managers.of(made)).containsExactly("one Apply");
        assertThat(Managers.fields(made, "one")).isEqualTo(Yaml.toTree("{'f:spec': {'f:size': {}}}"));
        assertThat(made.at("/spec/mode").asString()).isEqualTo("Fast");
        assertThat(made.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void secondApplyChangesNothing() {
        JsonNode made = gadget("one", "{size: 1}", 201);
        JsonNode again = gadget("one", "{size: 1}", 200);
        assertThat(again).isEqualTo(made);
    }

    @Test
    void removesFieldsNoLongerApplied() {
        gadget("one", "{size: 1, owner: abc, settings: {x: y, z: w}}", 201);
        JsonNode less = gadget("one", "{size: 1, settings: {z: w}}", 200);
        assertThat(less.at("/spec/owner").isMissingNode()).isTrue();
        assertThat(less.at("/spec/settings")).isEqualTo(Yaml.toTree("{z: w}"));
        assertThat(less.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void keepsFieldsOfOtherManagers() {
        gadget("one", "{size: 1, settings: {x: y}}", 201);
        gadget("two", "{settings: {z: w}}", 200);
        JsonNode less = gadget("one", "{size: 1}", 200);
        assertThat(less.at("/spec/settings")).isEqualTo(Yaml.toTree("{z: w}"));
        assertThat(Managers.of(less)).containsExactly("one Apply", "two Apply");
    }

    @Test
    void keepsFieldOfTwoManagers() {
        gadget("one", "{size: 1, owner: abc}", 201);
        gadget("two", "{owner: abc}", 200);
        JsonNode dropped = gadget("one", "{size: 1}", 200);
        assertThat(dropped.at("/spec/owner").asString()).isEqualTo("abc");
        JsonNode gone = gadget("two", "{}", 200);
        assertThat(gone.at("/spec/owner").isMissingNode()).isTrue();
    }

    @Test
    void rejectsConflictingField() {
        gadget("one", "{size: 1, owner: abc}", 201);
        Answer answer = http.apply(gadgets + "/a", "two", Gadgets.named("a", "{size: 1, owner: xyz}"));
        JsonNode status = answer.fails(409, "Conflict");
        assertThat(answer.causeFields()).containsExactly(".spec.owner");
        assertThat(status.at("/details/causes/0/reason").asString()).isEqualTo("FieldManagerConflict");
        assertThat(status.at("/details/causes/0/message").asString()).isEqualTo("conflict with \"one\"");
        assertThat(status.path("message").asString())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.owner");
        assertThat(http.get(gadgets + "/a").ok().at("/spec/owner").asString()).isEqualTo("abc");
    }

    @Test
    void reportsEveryConflict() {
        http.post(gadgets + "?fieldManager=maker", Gadgets.named("a", "{size: 1, owner: abc, settings: {x: y}}"))
                .ok(201);
        Answer answer =
                http.apply(gadgets + "/a", "two", Gadgets.named("a", "{size: 2, owner: xyz, settings: {x: z}}"));
        JsonNode status = answer.fails(409, "Conflict");
        assertThat(answer.causeFields()).containsExactlyInAnyOrder(".spec.size", ".spec.owner", ".spec.settings.x");
        assertThat(status.path("message").asString())
                .startsWith("Apply failed with 3 conflicts: conflicts with \"maker\" using contract.sluice.dev/v1");
    }

    @Test
    void forceTakesOverField() {
        gadget("one", "{size: 1, owner: abc}", 201);
        JsonNode taken = http.apply(gadgets + "/a?force=true", "two", Gadgets.named("a", "{owner: xyz}"))
                .ok(200);
        assertThat(taken.at("/spec/owner").asString()).isEqualTo("xyz");
        assertThat(Managers.fields(taken, "one")).isEqualTo(Yaml.toTree("{'f:spec': {'f:size': {}}}"));
        assertThat(Managers.fields(taken, "two")).isEqualTo(Yaml.toTree("{'f:spec': {'f:owner': {}}}"));
    }

    @Test
    void updateTakesOverField() {
        gadget("one", "{size: 1, owner: abc}", 201);
        http.patch(gadgets + "/a?fieldManager=editor", Http.MERGE_PATCH, "spec: {owner: xyz}")
                .ok();
        Answer answer = http.apply(gadgets + "/a", "one", Gadgets.named("a", "{size: 1, owner: abc}"));
        answer.fails(409, "Conflict");
        JsonNode after = http.apply(gadgets + "/a", "one", Gadgets.named("a", "{size: 1}"))
                .ok();
        assertThat(after.at("/spec/owner").asString()).isEqualTo("xyz");
    }

    @Test
    void updateWithSameValueSharesField() {
        http.post(gadgets + "?fieldManager=maker", Gadgets.named("a", "{size: 1, owner: abc}"))
                .ok(201);
        JsonNode shared = gadget("one", "{owner: abc}", 200);
        assertThat(Managers.of(shared)).containsExactly("maker Update", "one Apply");
        assertThat(Managers.fields(shared, "maker").at("/f:spec/f:owner").isObject())
                .isTrue();
    }

    @Test
    void mergesKeyedListsByItem() {
        gadget("one", "{size: 1, ports: [{name: http, port: 80}]}", 201);
        JsonNode both = gadget("two", "{ports: [{name: https, port: 443}]}", 200);
        assertThat(both.at("/spec/ports").findValuesAsString("name")).containsExactlyInAnyOrder("http", "https");
        assertThat(both.at("/spec/ports/1/protocol").asString()).isEqualTo("TCP");
        assertThat(Managers.fields(both, "two"))
                .isEqualTo(Yaml.toTree(
                        "{'f:spec': {'f:ports': {'k:{\"name\":\"https\"}': {'.': {}, 'f:name': {}, 'f:port': {}}}}}"));
        Answer conflict = http.apply(gadgets + "/a", "two", Gadgets.named("a", "{ports: [{name: http, port: 81}]}"));
        conflict.fails(409, "Conflict");
        assertThat(conflict.causeFields()).containsExactly(".spec.ports[name=\"http\"].port");
        JsonNode less = gadget("one", "{size: 1}", 200);
        assertThat(less.at("/spec/ports").findValuesAsString("name")).containsExactly("https");
    }

    @Test
    void mergesSetsByValue() {
        gadget("one", "{size: 1, unique: [x, y]}", 201);
        JsonNode both = gadget("two", "{unique: [y, z]}", 200);
        assertThat(both.at("/spec/unique")).isEqualTo(Yaml.toTree("[x, y, z]"));
        JsonNode less = gadget("one", "{size: 1}", 200);
        assertThat(less.at("/spec/unique")).isEqualTo(Yaml.toTree("[y, z]"));
        assertThat(Managers.fields(less, "two"))
                .isEqualTo(Yaml.toTree("{'f:spec': {'f:unique': {'v:\"y\"': {}, 'v:\"z\"': {}}}}"));
    }

    @Test
    void ownsAtomicListsAndMaps() {
        gadget("one", "{size: 1, tags: [x], atom: {a: b}}", 201);
        Answer answer = http.apply(gadgets + "/a", "two", Gadgets.named("a", "{tags: [y], atom: {b: c}}"));
        answer.fails(409, "Conflict");
        assertThat(answer.causeFields()).containsExactlyInAnyOrder(".spec.tags", ".spec.atom");
        JsonNode taken = http.apply(gadgets + "/a?force=true", "two", Gadgets.named("a", "{atom: {b: c}}"))
                .ok();
        assertThat(taken.at("/spec/atom")).isEqualTo(Yaml.toTree("{b: c}"));
    }

    @Test
    void appliesLabelsAnnotationsFinalizersAndOwners() {
        String object = """
                apiVersion: contract.sluice.dev/v1
                kind: Gadget
                metadata:
                  name: a
                  labels: {l: v}
                  annotations: {x: y}
                  finalizers: [sluice.dev/x]
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: o, uid: u1}]
                spec: {size: 1}
                """;
        JsonNode made = http.apply(gadgets + "/a", "one", object).ok(201);
        assertThat(Managers.fields(made, "one").path("f:metadata")).isEqualTo(Yaml.toTree("""
                                f:labels: {f:l: {}}
                                f:annotations: {f:x: {}}
                                f:finalizers: {'v:"sluice.dev/x"': {}}
                                f:ownerReferences: {'k:{"uid":"u1"}': {}}
                                """));
        JsonNode bare = gadget("one", "{size: 1}", 200);
        assertThat(bare.at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(bare.at("/metadata/finalizers").isMissingNode()).isTrue();
        assertThat(bare.at("/metadata/ownerReferences").isMissingNode()).isTrue();
    }

    @Test
    void appliesStatusSubresource() {
        gadget("one", "{size: 1}", 201);
        String status = "apiVersion: contract.sluice.dev/v1\nkind: Gadget\nmetadata: {name: a}\nstatus: %s\n";
        JsonNode first = http.apply(
                        gadgets + "/a/status",
                        "one",
                        status.formatted("{note: hello, conditions: [{type: Ready, status: 'True'}]}"))
                .ok(200);
        assertThat(Managers.of(first)).containsExactly("one Apply", "one Apply status");
        assertThat(first.at("/metadata/generation").asInt()).isEqualTo(1);
        JsonNode spec = gadget("one", "{size: 2}", 200);
        assertThat(spec.at("/status/note").asString()).isEqualTo("hello");
        JsonNode less = http.apply(
                        gadgets + "/a/status",
                        "one",
                        status.formatted("{conditions: [{type: Ready, status: 'False'}]}"))
                .ok(200);
        assertThat(less.path("status")).isEqualTo(Yaml.toTree("{conditions: [{type: Ready, status: 'False'}]}"));
        assertThat(less.at("/spec/size").asInt()).isEqualTo(2);
    }

    @Test
    void statusApplyDoesNotCreate() {
        http.apply(
                        gadgets + "/missing/status",
                        "one",
                        "apiVersion: contract.sluice.dev/v1\nkind: Gadget\nmetadata: {name: missing}\nstatus: {note: x}\n")
                .fails(404, "NotFound");
    }

    @Test
    void requiresFieldManager() {
        JsonNode status = http.patch(gadgets + "/a", Http.APPLY_PATCH, Gadgets.named("a", "{size: 1}"))
                .fails(422, "Invalid");
        assertThat(status.path("message").asString()).contains("fieldManager: Required value");
    }

    @Test
    void rejectsForceInOtherPatches() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        http.patch(gadgets + "/a?force=true", Http.MERGE_PATCH, "spec: {size: 2}")
                .fails(422, "Invalid");
    }

    @Test
    void requiresKind() {
        http.apply(configMaps + "/a", "one", "metadata: {name: a}").fails(400, "BadRequest");
    }

    @Test
    void rejectsManagedFieldsInBody() {
        http.apply(
                        gadgets + "/a",
                        "one",
                        "apiVersion: contract.sluice.dev/v1\nkind: Gadget\nspec: {size: 1}\nmetadata: {name: a, managedFields: [{manager: x, operation: Apply, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {}}]}\n")
                .fails(400, "BadRequest");
    }

    @Test
    void rejectsStaleResourceVersion() {
        JsonNode made = gadget("one", "{size: 1}", 201);
        gadget("one", "{size: 2}", 200);
        String body =
                "apiVersion: contract.sluice.dev/v1\nkind: Gadget\nspec: {size: 3}\nmetadata: {name: a, resourceVersion: '"
                        + made.at("/metadata/resourceVersion").asString() + "'}\n";
        http.apply(gadgets + "/a", "one", body).fails(409, "Conflict");
    }

    @Test
    void rejectsNameThatDiffersFromPath() {
        http.apply(gadgets + "/b", "one", Gadgets.named("a", "{size: 1}")).fails(400, "BadRequest");
    }

    @Test
    void validatesMergedObject() {
        Answer answer = http.apply(gadgets + "/a", "one", Gadgets.named("a", "{size: 1000}"));
        answer.fails(422, "Invalid");
        http.get(gadgets + "/a").fails(404, "NotFound");
    }

    @Test
    void rejectsDuplicateKeys() {
        assertThat(http.apply(
                                gadgets + "/a",
                                "one",
                                Gadgets.named("a", "{size: 1, ports: [{name: x, port: 1}, {name: x, port: 2}]}"))
                        .code())
                .isBetween(400, 599);
    }

    @Test
    void appliesBuiltInKinds() {
        JsonNode made = http.apply(configMaps + "/a", "one", ConfigMaps.holding("a", "{a: '1', b: '2'}"))
                .ok(201);
        assertThat(Managers.fields(made, "one")).isEqualTo(Yaml.toTree("{'f:data': {'f:a': {}, 'f:b': {}}}"));
        JsonNode less = http.apply(configMaps + "/a", "one", ConfigMaps.holding("a", "{b: '2'}"))
                .ok(200);
        assertThat(less.path("data")).isEqualTo(Yaml.toTree("{b: '2'}"));
    }

    @Test
    void emptyManagedFieldsClearOwnership() {
        gadget("one", "{size: 1}", 201);
        JsonNode emptied = http.patch(gadgets + "/a", Http.MERGE_PATCH, "metadata: {managedFields: [{}]}")
                .ok();
        assertThat(emptied.at("/metadata/managedFields").isMissingNode()).isTrue();
    }

    @Test
    void keepsTimeOfUnchangedEntry() {
        JsonNode made = gadget("one", "{size: 1}", 201);
        JsonNode other = gadget("two", "{owner: abc}", 200);
        assertThat(other.at("/metadata/managedFields/0/time")).isEqualTo(made.at("/metadata/managedFields/0/time"));
    }

    private JsonNode gadget(String manager, String spec, int code) {
        return http.apply(gadgets + "/a", manager, Gadgets.named("a", spec)).ok(code);
    }
}
