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

/** JSON patches and JSON merge patches. */
@KubernetesTest
final class PatchContractIT {

    private final Http http;
    private final String configMaps;
    private final String gadgets;

    PatchContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.configMaps = Paths.configMaps(namespace);
        this.gadgets = Paths.gadgets(namespace);
    }

    record Patch(String name, String patch, String expected) {}

    static Stream<Patch> jsonPatches() {
        return Stream.of(
                new Patch("add", "[{op: add, path: /data/x, value: y}]", "{a: '1', b: '2', x: y}"),
                new Patch("add replaces", "[{op: add, path: /data/a, value: y}]", "{a: y, b: '2'}"),
                new Patch("remove", "[{op: remove, path: /data/a}]", "{b: '2'}"),
                new Patch("replace", "[{op: replace, path: /data/a, value: z}]", "{a: z, b: '2'}"),
                new Patch("test", "[{op: test, path: /data/a, value: '1'}, {op: remove, path: /data/b}]", "{a: '1'}"),
                new Patch("escaped", "[{op: add, path: /data/x~1y~0z, value: v}]", null),
                new Patch("whole", "[{op: replace, path: /data, value: {n: m}}]", "{n: m}"));
    }

    @ParameterizedTest
    @MethodSource("jsonPatches")
    void appliesJsonPatches(Patch patch) {
        http.post(configMaps, ConfigMaps.holding("a", "{a: '1', b: '2'}")).ok(201);
        Answer answer = http.patch(configMaps + "/a", Http.JSON_PATCH, patch.patch);
        if (patch.expected == null) {
            // data keys cannot contain a slash: the patch is applied, but validation fails
            answer.fails(422, "Invalid");
            assertThat(answer.text()).contains("x/y~z");
        } else {
            assertThat(answer.ok(200).path("data")).isEqualTo(Yaml.toTree(patch.expected));
        }
    }

    @Test
    void patchesListsByIndexAndAtEnd() {
        http.post(gadgets, Gadgets.named("a", "{size: 1, tags: [one, two]}")).ok(201);
        JsonNode patched = http.patch(
                        gadgets + "/a",
                        Http.JSON_PATCH,
                        "[{op: remove, path: /spec/tags/0}, {op: add, path: /spec/tags/-, value: end},"
                                + " {op: add, path: /spec/tags/0, value: begin}]")
                .ok();
        assertThat(patched.at("/spec/tags")).isEqualTo(Yaml.toTree("[begin, two, end]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{op: test, path: /data/a, value: other}]",
                "[{op: remove, path: /data/missing}]",
                "[{op: add, path: /no/such/parent, value: x}]",
                "[{op: add, path: /data/x, value: y}, {op: test, path: /data/x, value: z}]"
            })
    void rejectsInapplicableJsonPatch(String patch) {
        http.post(configMaps, ConfigMaps.holding("a", "{a: '1'}")).ok(201);
        assertThat(http.patch(configMaps + "/a", Http.JSON_PATCH, patch).code()).isEqualTo(422);
        assertThat(http.get(configMaps + "/a").ok().path("data")).isEqualTo(Yaml.toTree("{a: '1'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "nonsense"})
    void rejectsMalformedJsonPatch(String patch) {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        http.raw("PATCH", configMaps + "/a", Http.JSON_PATCH, patch).fails(400, "BadRequest");
    }

    @Test
    void mergesMapsAndReplacesOtherValues() {
        http.post(gadgets, Gadgets.named("a", "{size: 1, tags: [one, two], settings: {x: y}, limits: {cpu: 1}}"))
                .ok(201);
        JsonNode patched = http.patch(
                        gadgets + "/a",
                        Http.MERGE_PATCH,
                        "spec: {size: 2, tags: [three], settings: {z: w}, limits: {cpu: null}}")
                .ok();
        assertThat(patched.path("spec"))
                .isEqualTo(
                        Yaml.toTree("{size: 2, mode: Fast, tags: [three], settings: {x: y, z: w}, limits: {cpu: 2}}"));
    }

    @Test
    void removesNullFields() {
        http.post(configMaps, "{metadata: {name: a, labels: {l: v}, annotations: {x: y}}, data: {a: '1', b: '2'}}")
                .ok(201);
        JsonNode patched = http.patch(
                        configMaps + "/a",
                        Http.MERGE_PATCH,
                        "{metadata: {labels: null, annotations: {x: null}}, data: {a: null, no: null}}")
                .ok();
        assertThat(patched.path("data")).isEqualTo(Yaml.toTree("{b: '2'}"));
        assertThat(patched.at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(patched.at("/metadata/annotations").isMissingNode()).isTrue();
    }

    @Test
    void validatesPatchResult() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        Answer answer = http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 1000}");
        answer.fails(422, "Invalid");
        assertThat(answer.causeFields()).containsExactly("spec.size");
        http.patch(gadgets + "/a", Http.JSON_PATCH, "[{op: remove, path: /spec/size}]")
                .fails(422, "Invalid");
    }

    @Test
    void rejectsPatchWithStaleResourceVersion() {
        String stale = http.post(configMaps, ConfigMaps.named("a"))
                .ok(201)
                .at("/metadata/resourceVersion")
                .asString();
        http.patch(configMaps + "/a", Http.MERGE_PATCH, "data: {k: v}").ok();
        http.patch(configMaps + "/a", Http.MERGE_PATCH, "{metadata: {resourceVersion: '" + stale + "'}, data: {k: w}}")
                .fails(409, "Conflict");
        assertThat(http.patch(
                                configMaps + "/a",
                                Http.JSON_PATCH,
                                "[{op: test, path: /metadata/resourceVersion, value: '" + stale + "'}]")
                        .code())
                .isEqualTo(422);
    }

    @Test
    void rejectsPatchOfMissingObject() {
        http.patch(configMaps + "/missing", Http.MERGE_PATCH, "data: {k: v}").fails(404, "NotFound");
        http.patch(gadgets + "/missing", Http.JSON_PATCH, "[]").fails(404, "NotFound");
    }

    @Test
    void rejectsRename() {
        http.post(configMaps, ConfigMaps.named("a")).ok(201);
        http.patch(configMaps + "/a", Http.MERGE_PATCH, "metadata: {name: b}").fails(400, "BadRequest");
    }

    @Test
    void rejectsUnsupportedPatchType() {
        http.post(gadgets, Gadgets.named("a", "{size: 1}")).ok(201);
        http.patch(gadgets + "/a", Http.STRATEGIC_PATCH, "spec: {size: 2}").fails(415, "UnsupportedMediaType");
        http.patch(gadgets + "/a", Http.JSON, "spec: {size: 2}").fails(415, "UnsupportedMediaType");
    }

    @Test
    void recordsManagerOfPatch() {
        http.post(configMaps + "?fieldManager=maker", ConfigMaps.holding("a", "{a: '1'}"))
                .ok(201);
        JsonNode patched = http.patch(configMaps + "/a?fieldManager=patcher", Http.MERGE_PATCH, "data: {b: '2'}")
                .ok();
        assertThat(Managers.of(patched)).containsExactly("maker Update", "patcher Update");
        assertThat(Managers.fields(patched, "patcher")).isEqualTo(Yaml.toTree("{'f:data': {'f:b': {}}}"));

        JsonNode taken = http.patch(configMaps + "/a?fieldManager=patcher", Http.MERGE_PATCH, "data: {a: '3'}")
                .ok();
        assertThat(Managers.fields(taken, "patcher")).isEqualTo(Yaml.toTree("{'f:data': {'f:a': {}, 'f:b': {}}}"));
        assertThat(Managers.fields(taken, "maker")).isEqualTo(Yaml.toTree("{'f:data': {}}"));
    }
}
