package dev.sluice.toolkit.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.json.ToolkitYaml;
import dev.sluice.toolkit.meta.JsonValue;
import io.kubernetes.client.common.KubernetesObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Converts an object with every field from YAML to Java and back, for each kind. */
class FullExampleTest {

    static List<Kind> kinds() {
        return Stream.concat(Kind.all().stream(), Kind.withAllFields().stream())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void roundTripsYaml(Kind kind) {
        String example = kind.fullExample();

        assertThat(parse(throughJava(kind, example))).isEqualTo(parse(example));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theExampleHasEveryPublishedField(Kind kind) {
        Set<String> paths = new TreeSet<>();
        Map<String, String> fields = kind.publishedFields();
        parse(kind.fullExample()).forEach((name, value) -> collect((String) name, value, fields, paths));
        paths.removeIf(path -> path.startsWith("metadata") || path.equals("apiVersion") || path.equals("kind"));

        assertThat(paths).isEqualTo(fields.keySet());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void ignoresUnknownFieldsEverywhere(Kind kind) {
        Map<?, ?> example = parse(kind.fullExample());
        Object more = withUnknownFields("", example, kind.publishedFields());
        assertThat(more.toString().split("zzUnknown", -1)).hasSizeGreaterThan(6);

        assertThat(parse(throughJava(kind, new Yaml().dump(more)))).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aListKeepsItsItemsAndContinueToken(Kind kind) {
        Map<String, ?> list = Map.of(
                "apiVersion", kind.type().kind().apiVersion(),
                "kind", kind.type().kind().listKind(),
                "metadata", Map.of("resourceVersion", "7", "continue", "more", "remainingItemCount", 3),
                "items", List.of(parse(kind.fullExample())));
        String json = JsonValue.of(list).json();

        Object read = ToolkitJson.gson().fromJson(json, kind.type().listClass());

        assertThat(parse(ToolkitJson.gson().toJson(read))).isEqualTo(parse(json));
    }

    private static String throughJava(Kind kind, String yaml) {
        KubernetesObject object = ToolkitYaml.read(yaml, kind.type());
        assertThat(object).isInstanceOf(kind.type().objectClass());
        return ToolkitYaml.write(object);
    }

    /** Parses with another parser, which distinguishes 1 and 1.0 and has no limit for integers. */
    private static Map<?, ?> parse(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }

    private static void collect(String path, Object value, Map<String, String> fields, Set<String> paths) {
        paths.add(path);
        if (isFreeForm(path, fields)) {
            return;
        }
        if (value instanceof List<?> list) {
            list.forEach(item -> collect(path + "[]", item, fields, paths));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> collect(inside(path, name, fields), inner, fields, paths));
        }
    }

    private static Object withUnknownFields(String path, Object value, Map<String, String> fields) {
        if (isFreeForm(path, fields)) {
            return value;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> withUnknownFields(path + "[]", item, fields))
                    .toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, Object> more = new LinkedHashMap<>();
        if (!isMap(path, fields)) {
            more.put("zzUnknown", List.of(Map.of("deep", new ArrayList<>(List.of(1, "two")))));
        }
        map.forEach((name, inner) -> more.put(name, withUnknownFields(inside(path, name, fields), inner, fields)));
        return more;
    }

    private static String inside(String path, Object name, Map<String, String> fields) {
        return isMap(path, fields) ? path + "{}" : path.isEmpty() ? (String) name : path + "." + name;
    }

    private static boolean isMap(String path, Map<String, String> fields) {
        return Set.of("metadata.labels", "metadata.annotations", "metadata.managedFields[].fieldsV1")
                        .contains(path)
                || fields.getOrDefault(path, "").startsWith("map");
    }

    private static boolean isFreeForm(String path, Map<String, String> fields) {
        return path.endsWith("fieldsV1") || fields.getOrDefault(path, "").equals("json");
    }
}
