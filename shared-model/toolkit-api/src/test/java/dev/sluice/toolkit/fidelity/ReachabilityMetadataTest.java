package dev.sluice.toolkit.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.json.ReachabilityMetadata;
import dev.sluice.toolkit.json.ToolkitYaml;
import dev.sluice.toolkit.kustomize.Kustomization;
import dev.sluice.toolkit.kustomize.KustomizationSpec;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A native image contains the constructors and accessors of every record that is read from JSON. */
class ReachabilityMetadataTest {

    private static JsonObject metadata() throws IOException {
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(ReachabilityMetadataTest.class.getResourceAsStream(
                        "/META-INF/native-image/dev.sluice/sluice-toolkit-api/reachability-metadata.json")),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(in).getAsJsonObject();
        }
    }

    private static Set<String> types(JsonObject metadata) {
        return metadata.getAsJsonArray("reflection").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(entry -> entry.get("allDeclaredConstructors").getAsBoolean()
                        && entry.get("allDeclaredMethods").getAsBoolean())
                .map(entry -> entry.get("type").getAsString())
                .collect(Collectors.toSet());
    }

    static Collection<Kind> kinds() {
        return Kind.withAllFields();
    }

    /** Finds the records by the values of an object with all fields, not by their declarations. */
    @ParameterizedTest
    @MethodSource("kinds")
    void hasEveryRecordOfAnObject(Kind kind) throws ReflectiveOperationException, IOException {
        Set<String> used = new TreeSet<>();
        collect(ToolkitYaml.read(kind.fullExample(), kind.type()), used);

        assertThat(used).hasSizeGreaterThan(1);
        assertThat(types(metadata()))
                .containsAll(used)
                .contains(kind.type().listClass().getName());
    }

    private static void collect(@Nullable Object value, Set<String> records) throws ReflectiveOperationException {
        if (value instanceof Record row) {
            records.add(row.getClass().getName());
            for (RecordComponent component : row.getClass().getRecordComponents()) {
                collect(component.getAccessor().invoke(row), records);
            }
        } else if (value instanceof Collection<?> many) {
            for (Object one : many) {
                collect(one, records);
            }
        } else if (value instanceof Map<?, ?> map) {
            collect(map.values(), records);
        }
    }

    @Test
    void hasTheRecordsOfOtherLibrariesAndTheDefinitions() throws IOException {
        assertThat(types(metadata())).contains(Artifact.class.getName());
        assertThat(metadata().getAsJsonArray("resources").toString()).contains("dev/sluice/toolkit/crd/**");
    }

    @Test
    void isGeneratedForKindsOfThirdParties() {
        String json = ReachabilityMetadata.of(Kustomization.TYPE);

        assertThat(types(JsonParser.parseString(json).getAsJsonObject()))
                .contains(Kustomization.class.getName(), KustomizationSpec.class.getName())
                .contains(Kustomization.TYPE.listClass().getName())
                .allMatch(type -> type.startsWith("dev.sluice."));
    }
}
