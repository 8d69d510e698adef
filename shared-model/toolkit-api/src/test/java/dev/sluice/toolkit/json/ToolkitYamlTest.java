package dev.sluice.toolkit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.image.ImagePolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolkitYamlTest {

    private static final String HEAD = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            """;

    private record Bad(String name, String yaml, String message) {}

    static Stream<Bad> unreadable() {
        return Stream.of(
                new Bad("another kind", HEAD.replace("HelmRelease", "Kustomization"), "kind is \"Kustomization\""),
                new Bad("another version", HEAD.replace("v2", "v2beta1"), "expected \"helm.toolkit.fluxcd.io/v2\""),
                new Bad("not a map", "- a", "root is not a map"),
                new Bad("empty text", "", "root is not a map"),
                new Bad("no YAML", HEAD + "spec: [", "stream end"),
                new Bad("two documents", HEAD + "---\n" + HEAD, "line 3"),
                new Bad("a field twice", HEAD + "kind: HelmRelease\n", "duplicate key"),
                new Bad("infinite number", HEAD + "spec: {values: {a: .inf}}", ".inf"),
                new Bad("a class", HEAD + "spec: !!java.net.URL [http://a]", "java.net.URL"),
                new Bad("a loop", HEAD + "spec: &a {values: *a}", "levels"),
                new Bad("aliases that multiply", HEAD + laughs(), "more than 100000 values"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void refusesInvalidManifestsWithAReason(Bad given) {
        assertThatThrownBy(() -> ToolkitYaml.read(given.yaml, HelmRelease.TYPE))
                .as(given.name)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot read HelmRelease from YAML: ")
                .hasMessageContaining(given.message);
    }

    @Test
    void preservesScalars() {
        HelmRelease release = ToolkitYaml.read(HEAD + """
                spec:
                  interval: 30m
                  values:
                    hex: 0x1F
                    plus: +5
                    float: 1.10
                    exponent: 1e5
                    day: 2026-07-01
                    quoted: "1e5"
                    8080: port
                    base: &base {a: 1}
                    merged: {<<: *base, b: 2}
                """, HelmRelease.TYPE);

        assertThat(release.spec().values()).hasToString("""
                {"hex":31,"plus":5,"float":1.10,"exponent":1E+5,"day":"2026-07-01","quoted":"1e5","8080":"port",\
                "base":{"a":1},"merged":{"a":1,"b":2}}""");
        assertThat(ToolkitYaml.read(ToolkitYaml.write(release), HelmRelease.TYPE))
                .isEqualTo(release);
    }

    @Test
    void quotesStringsThatResembleOtherTypes() {
        HelmRelease release = ToolkitJson.gson().fromJson("""
                {"metadata":{"name":"a"},"spec":{"interval":"1m","values":
                {"a":"true","b":"1e5","c":"1.0","d":"null","e":"two\\nlines\\n","f":"- x","g":"2026-07-01","h":"\\u0007"}}}""", HelmRelease.class);

        String yaml = ToolkitYaml.write(release);

        assertThat(yaml).contains("a: 'true'", "b: '1e5'", "c: '1.0'", "e: |\n", "h: \"\\a\"");
        assertThat(ToolkitYaml.read(yaml, HelmRelease.TYPE)).isEqualTo(release);
    }

    @Test
    void readsAnOlderVersionOfAKind() {
        String yaml = "apiVersion: image.toolkit.fluxcd.io/v1beta2\nkind: ImagePolicy\n";

        assertThat(ToolkitYaml.read(yaml, ImagePolicy.V1BETA2).apiVersion()).endsWith("/v1beta2");
        assertThatThrownBy(() -> ToolkitYaml.read(yaml, ImagePolicy.TYPE)).hasMessageContaining("expected \"image");
    }

    private static String laughs() {
        StringBuilder yaml = new StringBuilder("spec:\n  l0: &l0 [x, x]\n");
        for (int i = 1; i < 25; i++) {
            yaml.append("  l%d: &l%d [*l%d, *l%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return yaml.toString();
    }
}
