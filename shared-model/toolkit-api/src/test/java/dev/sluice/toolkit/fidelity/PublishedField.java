package dev.sluice.toolkit.fidelity;

import com.google.gson.annotations.SerializedName;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.meta.ApiKind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A field of a record of this library, and what the definition of a kind that has it says about it.
 *
 * @param owner the record
 * @param name the record component
 * @param apiVersion the API version of the kind
 * @param schema the OpenAPI schema of the field
 * @param described our description
 */
record PublishedField(Class<?> owner, String name, String apiVersion, Map<?, ?> schema, String described) {

    /** Returns the fields of all kinds in all versions; one that several kinds or versions have is returned for each. */
    static List<PublishedField> all() {
        List<PublishedField> fields = new ArrayList<>();
        Stream.concat(Kind.all().stream(), Kind.olderVersions().stream()).forEach(kind -> {
            ApiKind names = kind.type().kind();
            Map<?, ?> schema = schema(names);
            for (String part : List.of("spec", "status")) {
                component(kind.type().objectClass(), part)
                        .forEach(component ->
                                collect(component.getGenericType(), part(schema, part), names.apiVersion(), fields));
            }
        });
        return fields;
    }

    private static Stream<RecordComponent> component(Class<?> object, String name) {
        return Stream.of(object.getRecordComponents())
                .filter(component -> component.getName().equals(name));
    }

    private static Map<?, ?> schema(ApiKind kind) {
        Map<?, ?> definition =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(ToolkitCrds.manifest(kind.plural()));
        for (Object version : (List<?>) part(definition, "spec").get("versions")) {
            if (((Map<?, ?>) version).get("name").equals(kind.version())) {
                return part(part((Map<?, ?>) version, "schema"), "openAPIV3Schema", "properties");
            }
        }
        return Map.of(); // a version that Flux has removed
    }

    private static void collect(Type type, Map<?, ?> schema, String apiVersion, List<PublishedField> fields) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Map<?, ?> ofElements = part(schema, generic.getRawType() == List.class ? "items" : "additionalProperties");
            collect(arguments[arguments.length - 1], ofElements, apiVersion, fields);
        } else if (type instanceof Class<?> owner && isOurs(owner) && schema.containsKey("properties")) {
            SourceComment comment = SourceComment.of(owner);
            for (RecordComponent component : owner.getRecordComponents()) {
                SerializedName renamed = component.getAccessor().getAnnotation(SerializedName.class);
                String name = renamed == null ? component.getName() : renamed.value();
                if (part(schema, "properties").get(name) instanceof Map<?, ?> field) {
                    fields.add(new PublishedField(
                            owner, component.getName(), apiVersion, field, comment.component(component.getName())));
                    collect(component.getGenericType(), field, apiVersion, fields);
                }
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.isRecord() && type.getName().startsWith("dev.sluice.toolkit.");
    }

    private static Map<?, ?> part(Map<?, ?> map, String... path) {
        Map<?, ?> part = map;
        for (String name : path) {
            part = part.get(name) instanceof Map<?, ?> found ? found : Map.of();
        }
        return part;
    }

    /** Values of a keyword of the field's schema and of the schema of its elements. */
    List<String> values(String keyword) {
        return Stream.of(schema, part(schema, "items"))
                .map(each -> each.get(keyword))
                .flatMap(value -> value instanceof List<?> several ? several.stream() : Stream.ofNullable(value))
                .filter(value -> !(value instanceof Map))
                .map(String::valueOf)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The description in the definition, in one line. */
    String published() {
        return String.join(" ", values("description")).replaceAll("\\s+", " ");
    }

    @Override
    public String toString() {
        return owner.getSimpleName() + "." + name + " (" + apiVersion + "): " + described;
    }
}
