package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.crd.ToolkitCrds;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Our CRD of ArtifactGenerator accepts every object that source-watcher's CRD accepts, and has the same printer
 * columns.
 */
class ReferenceCrdTest {

    /** The hash of source-watcher's CRD, versions 2.2.0 and 2.2.1, without descriptions. */
    private static final String REFERENCE = "e414bf62e82ef08c74b8d6df4d9fc8a6f58b6ef195f599e35d95eb81a050ccf8";

    private static final String OURS_ALONE =
            ".versions.0.schema.openAPIV3Schema.properties.spec.properties.artifacts.items.properties.copy.items"
                    + ".properties.optional.type";

    /** Our limit of copy operations per artifact; the reference has none. */
    private static final String BOUND_OF_OURS =
            ".versions.0.schema.openAPIV3Schema.properties.spec.properties.artifacts.items.properties.copy.maxItems";

    /** As in source-watcher 2.3: an entry can be of another kind, without a namespace and without a file. */
    private static final String INVENTORY =
            ".versions.0.schema.openAPIV3Schema.properties.status.properties.inventory.items.";

    @Test
    void differsOnlyInKnownFields() {
        Map<String, String> ours = leaves(ToolkitCrds.manifest("artifactgenerators"));

        assertThat(ours.remove(OURS_ALONE)).isEqualTo("boolean");
        assertThat(ours.remove(BOUND_OF_OURS)).isEqualTo("1000");
        assertThat(ours.remove(INVENTORY + "properties.kind.type")).isEqualTo("string");
        assertThat(ours.put(INVENTORY + "required.1", "filename")).isEqualTo("name");
        assertThat(ours.put(INVENTORY + "required.2", "name")).isNull();
        assertThat(ours.put(INVENTORY + "required.3", "namespace")).isNull();
        assertThat(Sha256.hex(text(ours))).isEqualTo(REFERENCE);
    }

    @Test
    void referenceIsUnchanged() throws IOException {
        Map<String, String> theirs = leaves(Files.readString(Reference.orSkip().definition()));

        assertThat(Sha256.hex(text(theirs))).isEqualTo(REFERENCE);
    }

    private static String text(Map<String, String> leaves) {
        StringBuilder text = new StringBuilder();
        leaves.forEach(
                (path, value) -> text.append(path).append('=').append(value).append('\n'));
        return text.toString();
    }

    private static Map<String, String> leaves(String definition) {
        Map<String, String> leaves = new TreeMap<>();
        collect("", Manifest.parse(definition).get(0).at("spec"), leaves);
        leaves.keySet().removeIf(path -> path.endsWith(".description") || path.endsWith(".message"));
        return leaves;
    }

    private static void collect(String path, Object value, Map<String, String> leaves) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> collect(path + "." + key, item, leaves));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(path + "." + i, list.get(i), leaves);
            }
        } else {
            leaves.put(path, String.valueOf(value));
        }
    }
}
