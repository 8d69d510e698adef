package dev.sluice.toolkit.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.ApiKind;
import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records have exactly the fields of the published schemas, with the same types. */
class FieldCoverageTest {

    /** Required by the schema, but optional in the record: they may not be stored yet. */
    private static final List<String> LENIENT =
            List.of("status.artifact.", "status.includedArtifacts[].digest", "status.includedArtifacts[].lastUpdate");

    static List<Kind> kinds() {
        return Kind.all();
    }

    static List<Kind> olderVersions() {
        return Kind.olderVersions();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theJavaFieldsMatchThePublishedFields(Kind kind) {
        NavigableMap<String, String> published = kind.publishedFields();
        NavigableMap<String, String> java = JavaFields.of(kind.type().objectClass());
        kind.olderVersion().ifPresent(older -> {
            assertThat(java).containsAllEntriesOf(older.publishedFields());
            older.publishedFields().keySet().stream()
                    .filter(field -> !published.containsKey(field))
                    .forEach(java::remove);
        });
        published.replaceAll(FieldCoverageTest::withoutLenience);
        java.replaceAll(FieldCoverageTest::withoutLenience);

        assertThat(java).isEqualTo(published);
    }

    @ParameterizedTest
    @MethodSource({"kinds", "olderVersions"})
    void theTypeHasThePublishedNames(Kind kind) {
        ApiKind names = kind.type().kind();

        assertThat(names.apiVersion() + " " + names.kind() + " " + names.plural())
                .isEqualTo(kind.publishedNames());
    }

    @ParameterizedTest
    @MethodSource("olderVersions")
    void theJavaFieldsIncludeThoseOfOlderVersions(Kind kind) {
        assertThat(JavaFields.of(kind.type().objectClass())).containsAllEntriesOf(kind.publishedFields());
    }

    private static String withoutLenience(String path, String type) {
        return LENIENT.stream().anyMatch(path::startsWith) ? type.replace(" required", "") : type;
    }
}
