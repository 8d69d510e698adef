package dev.sluice.reconciler.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.reconciler.yaml.YamlAllowance;
import dev.sluice.toolkit.extensions.NamespaceMetadataFromSource;
import dev.sluice.toolkit.meta.CommonMetadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamespaceMetadataFileTest {

    record Case(String name, String content, Map<String, String> labels) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> accepted() {
        return List.of(
                new Case("full", """
                        apiVersion: source.extensions.fluxcd.io/v1beta1
                        kind: NamespaceMetadata
                        metadata:
                          labels:
                            a: b
                        """, Map.of("a", "b")),
                new Case("without type", "metadata: {labels: {a: b}}", Map.of("a", "b")),
                new Case("empty type", "apiVersion: ''\nkind: ''\nmetadata: {labels: {a: b}}", Map.of("a", "b")),
                new Case("empty file", "", Map.of()),
                new Case("empty map", "{}", Map.of()),
                new Case("null metadata", "metadata:", Map.of()),
                new Case("null labels", "metadata: {labels: }", Map.of()),
                new Case("null value", "metadata: {labels: {a: }}", Map.of("a", "")),
                new Case("unknown fields", "x: 1\nmetadata: {name: n, labels: {a: b}}", Map.of("a", "b")),
                new Case("the last duplicate", "metadata: {labels: {a: b, a: c}}", Map.of("a", "c")),
                new Case(
                        "the first document",
                        "metadata: {labels: {a: b}}\n---\nmetadata: {labels: {a: c}}\n",
                        Map.of("a", "b")),
                new Case("an invalid second document", "metadata: {labels: {a: b}}\n---\n[x", Map.of("a", "b")));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void readsWhatTheKubernetesLibrariesRead(Case test) throws Exception {
        assertThat(parse(test.content).labels()).isEqualTo(test.labels);
    }

    record Refused(String content, String message) {}

    static List<Refused> refused() {
        String failed = "failed to parse namespace metadata file \"ns.yaml\": ";
        return List.of(
                new Refused("metadata: {labels: {a: 1}}", failed + "value of \"a\" in metadata.labels is not a string"),
                new Refused("metadata: {annotations: {a: yes}}", failed + "value of \"a\" in metadata.annotations"),
                new Refused("metadata: {labels: [a]}", failed + "labels is not a map"),
                new Refused("metadata: x", failed + "metadata is not a map"),
                new Refused("[]", failed),
                new Refused("a: [", failed),
                new Refused("kind: 1", failed + "kind is not a string"),
                new Refused(
                        "kind: Namespace", "namespace metadata file \"ns.yaml\" has unsupported kind \"Namespace\""),
                new Refused("apiVersion: v1", "namespace metadata file \"ns.yaml\" has unsupported apiVersion \"v1\""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesOtherFiles(Refused test) {
        assertThatThrownBy(() -> parse(test.content))
                .isInstanceOf(NamespaceFailure.class)
                .hasMessageStartingWith(test.message);
    }

    @Test
    void keepsOnlyAllowedKeys() throws Exception {
        AllowedMetadata allowed = AllowedMetadata.compile(
                new NamespaceMetadataFromSource("@a/ns.yaml", Map.of(), Map.of("team", "value in ['red', 'blue']")));

        CommonMetadata filtered = allowed.filter(
                "ns.yaml",
                new CommonMetadata(
                        Map.of("team", "red", "pod-security.kubernetes.io/enforce", "privileged"),
                        Map.of("source.extensions.fluxcd.io/prune", "Enabled")));

        assertThat(filtered).isEqualTo(new CommonMetadata(Map.of("team", "red"), Map.of()));
    }

    @Test
    void rejectsAValueThatDoesNotSatisfyItsExpression() throws Exception {
        AllowedMetadata allowed = AllowedMetadata.compile(
                new NamespaceMetadataFromSource("@a/ns.yaml", Map.of("n", "int(value) < 3"), Map.of()));

        assertThatThrownBy(() -> allowed.filter("ns.yaml", new CommonMetadata(Map.of(), Map.of("n", "3"))))
                .hasMessage(
                        "namespace metadata file \"ns.yaml\": annotation \"n\" with value \"3\" does not satisfy the"
                                + " allowed expression \"int(value) < 3\"");
        assertThatThrownBy(() -> allowed.filter("ns.yaml", new CommonMetadata(Map.of(), Map.of("n", "x"))))
                .hasMessageContaining("does not satisfy the allowed expression \"int(value) < 3\": cannot evaluate");
    }

    private static CommonMetadata parse(String content) throws Exception {
        return NamespaceMetadataFile.parse(
                "ns.yaml", content.getBytes(StandardCharsets.UTF_8), YamlAllowance.UNLIMITED);
    }
}
