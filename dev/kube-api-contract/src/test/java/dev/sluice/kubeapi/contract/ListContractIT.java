package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.ApiFaults;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@KubernetesTest
final class ListContractIT {

    private final KubernetesApi api;
    private final Http http;
    private final String namespace;
    private final String gadgets;

    ListContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.http = Gadgets.definedOn(api);
        this.namespace = namespace;
        this.gadgets = Paths.gadgets(namespace);
    }

    @BeforeEach
    void createFive() {
        make("e", "{color: red, tier: 'a'}");
        make("d", "{color: red}");
        make("c", "{color: blue, tier: 'b'}");
        make("b", "{color: green, tier: ''}");
        make("a", "{}");
    }

    private void make(String name, String labels) {
        http.post(
                        gadgets,
                        "{apiVersion: contract.sluice.dev/v1, kind: Gadget, metadata: {name: %s, labels: %s}, spec: {size: 1}}"
                                .formatted(name, labels))
                .ok(201);
    }

    record Selector(String labels, List<String> names) {}

    static Stream<Selector> selectors() {
        return Stream.of(
                new Selector("color=red", List.of("d", "e")),
                new Selector("color==red", List.of("d", "e")),
                new Selector("color!=red", List.of("a", "b", "c")),
                new Selector("color", List.of("b", "c", "d", "e")),
                new Selector("!color", List.of("a")),
                new Selector("color in (red,blue)", List.of("c", "d", "e")),
                new Selector("color notin (red, blue)", List.of("a", "b")),
                new Selector("color=red,tier=a", List.of("e")),
                new Selector("color=red,!tier", List.of("d")),
                new Selector("tier=", List.of("b")),
                new Selector("tier in (,b)", List.of("b", "c")),
                new Selector("", List.of("a", "b", "c", "d", "e")));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void selectsByLabels(Selector selector) {
        assertThat(http.get(gadgets + "?labelSelector=" + encode(selector.labels))
                        .names())
                .isEqualTo(selector.names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"color===red", "color in red", "=red", "color in (red", "a b", "-x=1", "color=b@d"})
    void rejectsMalformedLabelSelector(String selector) {
        http.get(gadgets + "?labelSelector=" + encode(selector)).fails(400, "BadRequest");
    }

    @Test
    void selectsByNameAndNamespace() {
        assertThat(http.get(gadgets + "?fieldSelector=metadata.name%3Dc").names())
                .containsExactly("c");
        assertThat(http.get(gadgets + "?fieldSelector=metadata.name!%3Dc,metadata.namespace%3D" + namespace)
                        .names())
                .containsExactly("a", "b", "d", "e");
        assertThat(http.get(gadgets + "?fieldSelector=metadata.name%3D%3Dc&labelSelector=color%3Dred")
                        .names())
                .isEmpty();
    }

    @Test
    void rejectsUnsupportedField() {
        http.get(gadgets + "?fieldSelector=spec.size%3D1").fails(400, "BadRequest");
        http.get(gadgets + "?fieldSelector=nonsense").fails(400, "BadRequest");
    }

    @Test
    void hasKindAndResourceVersion() {
        JsonNode list = http.get(gadgets).ok();
        assertThat(list.path("kind").asString()).isEqualTo("GadgetList");
        assertThat(list.path("apiVersion").asString()).isEqualTo("contract.sluice.dev/v1");
        assertThat(list.at("/metadata/resourceVersion").asString()).matches("[1-9][0-9]*");
        assertThat(list.at("/items/0/kind").asString()).isEqualTo("Gadget");
        assertThat(resourceVersion(list)).isGreaterThanOrEqualTo(resourceVersion(list.at("/items/4")));
    }

    @Test
    void builtInItemsHaveNoTypeMeta() {
        http.post(Paths.configMaps(namespace), ConfigMaps.named("a")).ok(201);
        JsonNode list = http.get(Paths.configMaps(namespace) + "?fieldSelector=metadata.name%3Da")
                .ok();
        assertThat(list.path("kind").asString()).isEqualTo("ConfigMapList");
        assertThat(list.at("/items/0").has("kind")).isFalse();
    }

    @Test
    void listsEmptyCollection() {
        JsonNode list = http.get(gadgets + "?labelSelector=no%3Dsuch").ok();
        assertThat(list.path("items").isArray()).isTrue();
        assertThat(list.path("items").size()).isZero();
        assertThat(http.get(Paths.gadgets("no-such-namespace")).names()).isEmpty();
    }

    @Test
    void listsAcrossNamespaces() {
        List<String> all = http.get(Paths.GADGET_GROUP + "/gadgets?fieldSelector=metadata.namespace%3D" + namespace)
                .names();
        assertThat(all).containsExactly("a", "b", "c", "d", "e");
        assertThat(http.get(Paths.GADGET_GROUP + "/gadgets").names()).containsAll(all);
    }

    @Test
    void returnsConsistentPages() {
        JsonNode first = http.get(gadgets + "?limit=2").ok();
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(3);
        assertThat(first.path("items").size()).isEqualTo(2);
        http.delete(gadgets + "/e").ok();
        make("bb", "{}");

        List<String> names = new ArrayList<>();
        JsonNode page = http.get(next(first)).ok();
        assertThat(page.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
        page.path("items").forEach(item -> names.add(item.at("/metadata/name").asString()));
        JsonNode last = http.get(next(page)).ok();
        last.path("items").forEach(item -> names.add(item.at("/metadata/name").asString()));

        assertThat(names).containsExactly("c", "d", "e");
        assertThat(last.at("/metadata/continue").asString("")).isEmpty();
        assertThat(last.at("/metadata/remainingItemCount").asInt(0)).isZero();
    }

    @Test
    void omitsRemainingCountWithSelector() {
        JsonNode first = http.get(gadgets + "?limit=1&labelSelector=color").ok();
        assertThat(first.at("/metadata/continue").asString("")).isNotEmpty();
        assertThat(first.at("/metadata").has("remainingItemCount")).isFalse();
    }

    @Test
    void hasNoContinueTokenBelowLimit() {
        JsonNode list = http.get(gadgets + "?limit=5").ok();
        assertThat(list.at("/metadata/continue").asString("")).isEmpty();
    }

    @Test
    void rejectsInvalidContinueToken() {
        http.get(gadgets + "?limit=2&continue=nonsense").fails(400, "BadRequest");
    }

    @Test
    void rejectsContinueTokenWithResourceVersion() {
        JsonNode first = http.get(gadgets + "?limit=2").ok();
        http.get(next(first) + "&resourceVersion=" + resourceVersion(first)).fails(400, "BadRequest");
    }

    @Test
    void returnsInconsistentTokenAfterCompaction() throws Exception {
        ApiFaults faults = faults();
        JsonNode first = http.get(gadgets + "?limit=2").ok();
        JsonNode newer =
                http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}").ok();
        faults.compact(resourceVersion(newer));

        // A real server checks its compaction only periodically.
        await().atMost(Duration.ofSeconds(90)).until(() -> http.get(next(first)).code() == 410);
        JsonNode gone = http.get(next(first)).fails(410, "Expired");

        String inconsistent = gone.at("/metadata/continue").asString("");
        assertThat(inconsistent).isNotEmpty();
        assertThat(http.get(gadgets + "?limit=10&continue=" + encode(inconsistent))
                        .names())
                .containsExactly("c", "d", "e");
    }

    @Test
    void listIsNotOlderThanRequested() {
        JsonNode newest =
                http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}").ok();
        JsonNode list = http.get(
                        gadgets + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + resourceVersion(newest))
                .ok();
        assertThat(list.at("/items/0/spec/size").asInt()).isEqualTo(2);
        assertThat(http.get(gadgets + "?resourceVersion=0").names()).isNotEmpty();
        assertThat(http.get(gadgets + "?resourceVersion=" + resourceVersion(newest))
                        .names())
                .hasSize(5);
    }

    @Test
    void rejectsMalformedResourceVersion() {
        assertThat(http.get(gadgets + "?resourceVersion=abc").code()).isIn(400, 422);
    }

    @Test
    void reportsFutureResourceVersion() {
        JsonNode status = http.get(gadgets + "?resourceVersionMatch=NotOlderThan&resourceVersion=999999999999")
                .fails(504, "Timeout");
        assertThat(status.at("/details/causes/0/reason").asString()).isEqualTo("ResourceVersionTooLarge");
        assertThat(status.path("message").asString()).contains("Too large resource version");
    }

    @Test
    void objectIsNotOlderThanRequested() {
        JsonNode newest =
                http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}").ok();
        assertThat(http.get(gadgets + "/a?resourceVersion=" + resourceVersion(newest))
                        .ok()
                        .at("/spec/size")
                        .asInt())
                .isEqualTo(2);
        http.get(gadgets + "/a?resourceVersion=0").ok();
    }

    private ApiFaults faults() {
        Optional<ApiFaults> faults = api.faults();
        Assumptions.assumeTrue(faults.isPresent(), "this API supports no faults");
        return faults.orElseThrow();
    }

    private String next(JsonNode page) {
        return gadgets + "?limit=2&continue="
                + encode(page.at("/metadata/continue").asString());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static long resourceVersion(JsonNode object) {
        return Long.parseLong(object.at("/metadata/resourceVersion").asString());
    }
}
