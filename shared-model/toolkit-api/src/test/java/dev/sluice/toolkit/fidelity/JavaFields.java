package dev.sluice.toolkit.fidelity;

import com.google.gson.annotations.SerializedName;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.JsonValue;
import dev.sluice.toolkit.meta.RequiredField;
import dev.sluice.toolkit.meta.UnknownFields;
import io.kubernetes.client.openapi.models.V1Condition;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON fields of a record by path, with their types, in the form of the published fields. */
final class JavaFields {

    private static final Map<Type, String> LEAVES = Map.of(
            String.class, "string",
            Boolean.class, "boolean",
            Integer.class, "int",
            Long.class, "int64",
            FluxDuration.class, "duration",
            Instant.class, "time",
            JsonValue.class, "json");
    private static final Map<String, String> CONDITION = Map.of(
            "lastTransitionTime", "time required",
            "message", "string required",
            "observedGeneration", "int64",
            "reason", "string required",
            "status", "string required",
            "type", "string required");
    private static final Set<String> OF_ALL_OBJECTS = Set.of("apiVersion", "kind", "metadata");

    private final NavigableMap<String, String> fields = new TreeMap<>();

    private JavaFields() {}

    /** Returns the fields of an object without API version, kind and metadata. */
    static NavigableMap<String, String> of(Class<?> object) {
        JavaFields walk = new JavaFields();
        for (RecordComponent component : object.getRecordComponents()) {
            if (!OF_ALL_OBJECTS.contains(component.getName())) {
                walk.add(component.getName(), component.getGenericType(), "");
            }
        }
        return walk.fields;
    }

    private void add(String path, Type type, String required) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            fields.put(path, "list" + required);
            add(path + "[]", generic.getActualTypeArguments()[0], "");
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            fields.put(path, "map" + required);
            add(path + "{}", generic.getActualTypeArguments()[1], "");
        } else if (LEAVES.containsKey(type)) {
            fields.put(path, LEAVES.get(type) + required);
        } else {
            fields.put(path, "object" + required);
            addFieldsOf(path, (Class<?>) type);
        }
    }

    private void addFieldsOf(String path, Class<?> type) {
        if (type == V1Condition.class) {
            CONDITION.forEach((name, value) -> fields.put(path + "." + name, value));
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(UnknownFields.class)) {
                continue;
            }
            SerializedName renamed = component.getAccessor().getAnnotation(SerializedName.class);
            add(
                    path + "." + (renamed == null ? component.getName() : renamed.value()),
                    component.getGenericType(),
                    isRequired(component) ? " required" : "");
        }
    }

    private static boolean isRequired(RecordComponent component) {
        boolean collection = component.getType() == List.class || component.getType() == Map.class;
        return collection
                ? component.isAnnotationPresent(RequiredField.class)
                : !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
