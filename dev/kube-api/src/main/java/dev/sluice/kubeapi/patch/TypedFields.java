package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the paths that an object mentions: its values, its list items and its empty objects. */
final class TypedFields {

    private final FieldSet.Builder paths = new FieldSet.Builder();

    private TypedFields() {}

    static FieldSet of(JsonNode value, TypeSchema type) throws TypeMismatchException {
        TypedFields fields = new TypedFields();
        fields.visit(value, type, FieldPath.ROOT);
        return fields.paths.build();
    }

    private void visit(JsonNode value, TypeSchema declared, FieldPath path) throws TypeMismatchException {
        TypeSchema type = declared.narrowedTo(value);
        MapType map = type.map();
        ListType list = type.list();
        if (map != null) {
            visitMap(value, map, path);
        } else if (type.scalar() != null) {
            paths.add(path);
        } else if (list != null) {
            visitList(value, list, path);
        }
    }

    private void visitMap(JsonNode value, MapType type, FieldPath path) throws TypeMismatchException {
        if (type.atomic()) {
            paths.add(path);
            return;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            TypeSchema fieldType = TypeSchema.fieldOf(type, field.getKey());
            FieldPath child = path.child(new PathElement.Field(field.getKey()));
            if (fieldType != null) {
                visit(field.getValue(), fieldType, child);
            }
            if (isHollow(field.getValue()) || !type.fields().containsKey(field.getKey())) {
                paths.add(child);
            }
        }
    }

    private static boolean isHollow(JsonNode value) {
        return value.isNull() || (value.isObject() && value.isEmpty());
    }

    private void visitList(JsonNode value, ListType type, FieldPath path) throws TypeMismatchException {
        if (!type.associative()) {
            paths.add(path);
            return;
        }
        List<PathElement> elements = new ArrayList<>();
        for (JsonNode item : value) {
            elements.add(ListItems.elementOf(type, item));
        }
        Set<PathElement> duplicates = duplicates(elements);
        int index = 0;
        for (JsonNode item : value) {
            PathElement element = elements.get(index++);
            FieldPath child = path.child(element);
            paths.add(child);
            // of items that are there twice, nobody can say whose fields they are
            if (!duplicates.contains(element)) {
                visit(item, type.items(), child);
            }
        }
    }

    private static Set<PathElement> duplicates(List<PathElement> elements) {
        Set<PathElement> seen = new HashSet<>();
        Set<PathElement> twice = new HashSet<>();
        for (PathElement element : elements) {
            if (!seen.add(element)) {
                twice.add(element);
            }
        }
        return twice;
    }

    /** Null when the value is absent, which is not the same as a JSON null. */
    static boolean isEmptyOrAbsent(@Nullable JsonNode value) {
        return value == null || value.isEmpty();
    }
}
