package dev.sluice.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.annotations.SerializedName;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.meta.UnknownFields;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Compares the manifest of the ArtifactGenerator with the Java types. */
class ArtifactGeneratorCrdTest {

    private static final Map<String, Class<?>> PLAIN =
            Map.of("string", String.class, "boolean", Boolean.class, "integer", Long.class);

    private final Map<String, Object> manifest = manifest();
    private final List<String> differences = new ArrayList<>();

    @Test
    void theFieldsOfTheSpecMatchTheJavaTypes() {
        compare(at(schema(), "properties", "spec"), ArtifactGeneratorSpec.class, "spec");

        assertThat(differences).isEmpty();
    }

    @Test
    void theFieldsOfTheStatusMatchTheJavaTypes() {
        compare(at(schema(), "properties", "status"), ArtifactGeneratorStatus.class, "status");

        assertThat(differences).isEmpty();
    }

    @Test
    void hasTheKnownNamesColumnsAndAnnotations() {
        assertThat(at(manifest, "metadata", "annotations"))
                .isEqualTo(Map.of("kustomize.toolkit.fluxcd.io/substitute", "disabled"));
        assertThat(at(manifest, "metadata", "labels")).isEqualTo(Map.of("app.kubernetes.io/part-of", "flux"));
        Map<String, Object> names = at(manifest, "spec", "names");
        assertThat(names).containsEntry("shortNames", List.of("ag"));
        assertThat(names).containsEntry("categories", List.of("all", "fluxcd", "fluxcd-sources"));
        assertThat(list(version().get("additionalPrinterColumns")))
                .extracting(column -> map(column).get("name"))
                .containsExactly("Age", "Ready", "Status");
        assertThat(version().get("subresources")).isEqualTo(Map.of("status", Map.of()));
    }

    @Test
    void everyFieldIsDescribed() {
        assertDescribed(at(schema(), "properties", "spec"), "spec");
        assertDescribed(at(schema(), "properties", "status"), "status");

        assertThat(differences).isEmpty();
    }

    private void compare(Map<String, Object> schema, Type type, String place) {
        Object kind = schema.get("type");
        if ("array".equals(kind)) {
            requireRaw(type, List.class, place);
            compare(at(schema, "items"), argument(type, 0), place + "[]");
        } else if (schema.containsKey("additionalProperties")) {
            requireRaw(type, Map.class, place);
            compare(at(schema, "additionalProperties"), argument(type, 1), place + "{}");
        } else if ("object".equals(kind)) {
            compareFields(at(schema, "properties"), fields((Class<?>) type), place);
        } else if ("date-time".equals(schema.get("format"))) {
            requireRaw(type, OffsetDateTime.class, place);
        } else {
            requireRaw(type, PLAIN.get(String.valueOf(kind)), place);
        }
    }

    private void compareFields(Map<String, Object> properties, Map<String, Type> fields, String place) {
        properties.forEach((name, schema) -> {
            Type type = fields.get(name);
            if (type == null) {
                differences.add(place + "." + name + " has no Java field");
            } else {
                compare(map(schema), type, place + "." + name);
            }
        });
        fields.keySet().stream()
                .filter(name -> !properties.containsKey(name))
                .forEach(name -> differences.add(place + "." + name + " is not in the schema"));
    }

    /** Returns the fields by JSON name: fields of a generated model, or components of a record. */
    private static Map<String, Type> fields(Class<?> type) {
        Map<String, Type> fields = new LinkedHashMap<>();
        if (type.isRecord()) {
            Arrays.stream(type.getRecordComponents())
                    .filter(component -> !component.isAnnotationPresent(UnknownFields.class))
                    .forEach(component -> fields.put(component.getName(), component.getGenericType()));
            return fields;
        }
        for (Field field : type.getDeclaredFields()) {
            SerializedName name = field.getAnnotation(SerializedName.class);
            if (name != null) {
                fields.put(name.value(), field.getGenericType());
            }
        }
        return fields;
    }

    private void requireRaw(Type type, Class<?> expected, String place) {
        Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        if (!expected.equals(raw)) {
            differences.add("%s is %s, not %s".formatted(place, raw.getTypeName(), expected.getSimpleName()));
        }
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private void assertDescribed(Map<String, Object> schema, String place) {
        Map<String, Object> items = schema.containsKey("items") ? at(schema, "items") : schema;
        Object properties = items.get("properties");
        if (properties == null) {
            return;
        }
        map(properties).forEach((name, inner) -> {
            if (!(map(inner).get("description") instanceof String text) || text.isBlank()) {
                differences.add(place + "." + name + " has no description");
            }
            assertDescribed(map(inner), place + "." + name);
        });
    }

    private Map<String, Object> schema() {
        return at(version(), "schema", "openAPIV3Schema");
    }

    private Map<String, Object> version() {
        return map(list(at(manifest, "spec").get("versions")).get(0));
    }

    private static Map<String, Object> manifest() {
        return ToolkitCrds.manifests().stream()
                .map(text -> map(new Yaml().load(text)))
                .filter(crd ->
                        "ArtifactGenerator".equals(at(crd, "spec", "names").get("kind")))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> at(Map<String, Object> map, String... path) {
        return Arrays.stream(path).reduce(map, (found, name) -> map(found.get(name)), (one, other) -> other);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
