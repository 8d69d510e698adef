package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.SchemaNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The paths of an object: its values and their parent objects, lists and items. */
final class ObjectFields {

    /** @param owned whether an applying manager owns the path itself, or only paths below it */
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

    /** The fields that an applying manager owns. */
    FieldSet owned() {
        return select((path, place) -> place.owned());
    }

    /** All paths, including parents. */
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

    /** Returns the paths that the other object does not have. */
    FieldSet without(ObjectFields other) {
        return select((path, place) -> !other.places.containsKey(path));
    }

    /** Returns the paths that have different values in both objects. */
    FieldSet differing(ObjectFields other) {
        return select((path, place) -> {
            Place there = other.places.get(path);
            return there != null && !place.sameAs(there);
        });
    }
}
