package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import dev.sluice.kubeapi.patch.TypeSchema.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks that an object has the shape of its type, with every field declared and no list item twice. */
final class TypedValidation {

    private final List<String> mismatches = new ArrayList<>();
    private final boolean duplicatesAllowed;

    private TypedValidation(boolean duplicatesAllowed) {
        this.duplicatesAllowed = duplicatesAllowed;
    }

    static void check(JsonNode value, TypeSchema type, boolean duplicatesAllowed) throws TypeMismatchException {
        TypedValidation validation = new TypedValidation(duplicatesAllowed);
        validation.visit(value, type, "");
        if (!validation.mismatches.isEmpty()) {
            throw TypeMismatchException.of(validation.mismatches);
        }
    }

    private void mismatch(String path, String message) {
        mismatches.add(path.isEmpty() ? message : path + ": " + message);
    }

    private void visit(JsonNode value, TypeSchema declared, String path) {
        TypeSchema type = declared.narrowedTo(value);
        MapType map = type.map();
        ListType list = type.list();
        Scalar scalar = type.scalar();
        if (map != null) {
            visitMap(value, map, path);
        } else if (scalar != null) {
            visitScalar(value, scalar, path);
        } else if (list != null) {
            visitList(value, list, path);
        }
    }

    private void visitScalar(JsonNode value, Scalar scalar, String path) {
        if (value.isNull() || scalar.accepts(value)) {
            return;
        }
        mismatch(
                path,
                switch (scalar) {
                    case NUMBER -> "expected numeric (int or float), got " + GoText.type(value);
                    case STRING -> "expected string, got &value.valueUnstructured{Value:" + GoText.source(value) + "}";
                    case BOOLEAN -> "expected boolean, got " + "&{" + GoText.plain(value) + "}";
                    case ANY -> "expected any scalar, got " + "&{" + GoText.plain(value) + "}";
                });
    }

    private void visitMap(JsonNode value, MapType type, String path) {
        if (value.isNull()) {
            return;
        }
        if (!value.isObject()) {
            mismatch(path, "expected map, got " + "&{" + GoText.plain(value) + "}");
            return;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String child = path + "." + field.getKey();
            TypeSchema fieldType = TypeSchema.fieldOf(type, field.getKey());
            if (fieldType == null) {
                mismatch(child, "field not declared in schema");
                return;
            }
            visit(field.getValue(), fieldType, child);
        }
    }

    private void visitList(JsonNode value, ListType type, String path) {
        if (value.isNull()) {
            return;
        }
        if (!value.isArray()) {
            mismatch(path, "expected list, got " + "&{" + GoText.plain(value) + "}");
            return;
        }
        Set<PathElement> seen = new HashSet<>();
        int index = 0;
        for (JsonNode item : value) {
            PathElement element;
            try {
                element = type.associative() ? ListItems.elementOf(type, item) : new PathElement.Index(index);
            } catch (TypeMismatchException e) {
                mismatch(path, "element " + index + ": " + e.getMessage());
                return;
            }
            if (!seen.add(element) && !duplicatesAllowed) {
                mismatch(path, "duplicate entries for key " + element.display());
            }
            visit(item, type.items(), path + element.display());
            index++;
        }
    }
}
