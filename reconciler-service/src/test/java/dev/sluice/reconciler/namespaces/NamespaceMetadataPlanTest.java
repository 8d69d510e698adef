package dev.sluice.reconciler.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.extensions.NamespaceMetadataFrom;
import dev.sluice.toolkit.meta.CommonMetadata;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceMetadataPlanTest {

    private static final CommonMetadata NO_FILE = new CommonMetadata(Map.of(), Map.of());

    /** The labels of namespace {@code a}, without the two reserved ones. */
    record Case(
            String name,
            Map<String, String> common,
            Map<String, String> file,
            List<NamespaceMetadataFrom> operations,
            Map<String, String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        Map<String, String> x1 = Map.of("x", "1");
        Map<String, String> x2 = Map.of("x", "2");
        return List.of(
                new Case("common metadata alone", x1, Map.of(), List.of(), x1),
                new Case("the file overrides common metadata", x1, x2, List.of(), x2),
                new Case("Override wins", x1, Map.of(), List.of(labels("Override", "a", x2)), x2),
                new Case(
                        "Override keeps others",
                        Map.of("y", "1"),
                        Map.of(),
                        List.of(labels("Override", "*", x1)),
                        Map.of("x", "1", "y", "1")),
                new Case("Merge keeps existing values", x1, Map.of(), List.of(labels("Merge", "a", x2)), x1),
                new Case("Merge adds absent keys", Map.of(), Map.of(), List.of(labels("Merge", "a", x2)), x2),
                new Case(
                        "Reset drops everything so far",
                        Map.of("y", "1"),
                        Map.of("z", "1"),
                        List.of(labels("Reset", "a", x2)),
                        x2),
                new Case(
                        "Reset without labels empties them",
                        x1,
                        Map.of(),
                        List.of(new NamespaceMetadataFrom("Reset", "a", x2, Map.of())),
                        Map.of()),
                new Case(
                        "operations apply in order",
                        Map.of(),
                        Map.of(),
                        List.of(labels("Override", "a", x1), labels("Merge", "a", x2), labels("Override", "a", x2)),
                        x2),
                new Case(
                        "another namespace's operation does not apply",
                        x1,
                        Map.of(),
                        List.of(labels("Reset", "b", x2)),
                        x1),
                new Case("* applies to all", Map.of(), Map.of(), List.of(labels("Override", "*", x1)), x1));
    }

    private static NamespaceMetadataFrom labels(String strategy, String namespace, Map<String, String> labels) {
        return new NamespaceMetadataFrom(strategy, namespace, Map.of(), labels);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesLabelsInOrder(Case test) throws Exception {
        DesiredNamespace desired = new NamespaceMetadataPlan(
                        "uid", new CommonMetadata(test.common, Map.of()), test.operations)
                .of("a", new CommonMetadata(test.file, Map.of()));

        assertThat(desired.labels())
                .containsAllEntriesOf(test.expected)
                .containsEntry("app.kubernetes.io/managed-by", "source-watcher")
                .containsEntry("source.extensions.fluxcd.io/generator", "uid")
                .hasSize(test.expected.size() + 2);
    }

    @Test
    void computesAnnotationsLikeLabels() throws Exception {
        DesiredNamespace desired = new NamespaceMetadataPlan(
                        "uid",
                        new CommonMetadata(Map.of(), Map.of("x", "1", "y", "1")),
                        List.of(new NamespaceMetadataFrom("Merge", "*", Map.of("x", "2", "z", "2"), Map.of())))
                .of("a", new CommonMetadata(Map.of(), Map.of("y", "3")));

        assertThat(desired.annotations()).isEqualTo(Map.of("x", "1", "y", "3", "z", "2"));
    }

    @Test
    void nothingOverridesTheReservedLabels() throws Exception {
        Map<String, String> hostile =
                Map.of("app.kubernetes.io/managed-by", "me", "source.extensions.fluxcd.io/generator", "another-uid");
        DesiredNamespace desired = new NamespaceMetadataPlan(
                        "uid", new CommonMetadata(hostile, Map.of()), List.of(labels("Reset", "*", hostile)))
                .of("a", new CommonMetadata(hostile, Map.of()));

        assertThat(desired.labels())
                .containsEntry("app.kubernetes.io/managed-by", "source-watcher")
                .containsEntry("source.extensions.fluxcd.io/generator", "uid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source.extensions.fluxcd.io/externalFinalizer", "sluice.dev/adopted-by"})
    void rejectsAnnotationsThatOnlyOthersMaySet(String key) {
        NamespaceMetadataPlan plan = new NamespaceMetadataPlan("uid", null, List.of());

        assertThatThrownBy(() -> plan.of("a", new CommonMetadata(Map.of(), Map.of(key, "x"))))
                .isInstanceOf(NamespaceFailure.class)
                .hasMessageStartingWith("metadata for namespace \"a\" must not set the reserved \"" + key
                        + "\" annotation, it is reserved for ");
    }

    @Test
    void ignoresAnEmptyReservedAnnotation() throws Exception {
        CommonMetadata file = new CommonMetadata(Map.of(), Map.of("source.extensions.fluxcd.io/externalFinalizer", ""));

        assertThat(new NamespaceMetadataPlan("uid", null, List.of())
                        .of("a", file)
                        .annotations())
                .isEmpty();
    }

    @Test
    void computesTheDigestOfTheReference() throws Exception {
        DesiredNamespace desired = new NamespaceMetadataPlan(
                        "uid-1", new CommonMetadata(Map.of("team", "red"), Map.of("note", "a|b")), List.of())
                .of("a", NO_FILE);

        // printf
        // 'annotation:note=a|b|label:app.kubernetes.io/managed-by=source-watcher|label:source.extensions.fluxcd.io/generator=uid-1|label:team=red' | sha256sum
        assertThat(desired.digest())
                .isEqualTo("sha256:deb969797177e2423f47610ed043acf9c801da4fcdf1a110e82b667af26832f2");
    }

    @Test
    void sortsTheDigestByBytes() {
        // U+FFFD sorts after U+1F600 as UTF-16, before it as UTF-8
        DesiredNamespace desired = new DesiredNamespace("a", Map.of(), Map.of("\uFFFD", "1", "\uD83D\uDE00", "2"));

        assertThat(desired.digest())
                .isEqualTo("sha256:879cb7c8bd9c7b665b19a074055be8bcd31d460c305d073acd5edf9fefcea58a");
    }
}
