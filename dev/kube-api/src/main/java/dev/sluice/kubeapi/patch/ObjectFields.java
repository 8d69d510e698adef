package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.SchemaNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The paths in an object: its values, and the objects, lists and items that lead to them. */
final class ObjectFields {

    /** @param owned whether a manager that applies the object owns the path by itself, or only what is below it */
    private record Place(JsonNode value, Shape shape, boolean owned) {

        boolean sameAs(Place other) {
            boolean bothLead = shape != Shape.ONE_VALUE && other.shape != Shape.ONE_VALUE;
            return bothLead || Json.equal(value, other.value);
        }
    }

    private final Map<FieldPath, Place> places = new LinkedHashMap<>();

    private ObjectFields() {}

    static ObjectFields of(JsonNode object, SchemaNode type) {
        ObjectFields fields = new ObjectFields();
        fields.visitBelow(object, type, FieldPath.ROOT);
        return fields;
    }

    private void visitBelow(JsonNode value, @Nullable SchemaNode type, FieldPath path) {
        Shape shape = Shape.of(value, type);
        if (shape == Shape.FIELDS) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                boolean declared = type != null && type.properties().containsKey(field.getKey());
                FieldPath child = path.child(PathElement.field(field.getKey()));
                visit(field.getValue(), Shape.field(type, field.getKey()), child, !declared);
            }
        } else if (shape == Shape.ITEMS && type != null) {
            value.forEach(item -> visit(item, type.items(), path.child(PathElement.item(item, type)), true));
        }
    }

    private void visit(JsonNode value, @Nullable SchemaNode type, FieldPath path, boolean owned) {
        Shape shape = Shape.of(value, type);
        boolean empty = shape == Shape.FIELDS && value.isEmpty();
        places.put(path, new Place(value, shape, owned || empty || shape == Shape.ONE_VALUE));
        visitBelow(value, type, path);
    }

    /** What a manager that applies the object owns. */
    FieldSet owned() {
        return select((path, place) -> place.owned());
    }

    /** Everything, with what leads to it. */
    FieldSet all() {
        return select((path, place) -> true);
    }

    private FieldSet select(BiPredicate<FieldPath, Place> which) {
        FieldSet.Builder builder = new FieldSet.Builder();
        places.forEach((path, place) -> {
            if (which.test(path, place)) {
                builder.add(path);
            }
        });
        return builder.build();
    }

    /** The paths that the other object does not have. */
    FieldSet without(ObjectFields other) {
        return select((path, place) -> !other.places.containsKey(path));
    }

    /** The paths that both have, with other values. */
    FieldSet differing(ObjectFields other) {
        return select((path, place) -> {
            Place there = other.places.get(path);
            return there != null && !place.sameAs(there);
        });
    }
}
