package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonText;
import dev.sluice.kubeapi.patch.TypeSchema.FieldType;
import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How an item of a set, or of a list with keys, is named in a path. */
final class ListItems {

    private ListItems() {}

    /** @throws TypeMismatchException if the item cannot be told apart from others */
    static PathElement elementOf(ListType list, JsonNode item) throws TypeMismatchException {
        return list.keys().isEmpty() ? valueOf(item) : keyOf(list, item);
    }

    private static PathElement valueOf(JsonNode item) throws TypeMismatchException {
        if (item.isObject()) {
            throw new TypeMismatchException("associative list without keys has an element that's a map type");
        }
        if (item.isArray()) {
            throw new TypeMismatchException("not supported: associative list with lists as elements");
        }
        if (item.isNull()) {
            throw new TypeMismatchException("associative list without keys has an element that's an explicit null");
        }
        return new PathElement.Value(item);
    }

    private static PathElement keyOf(ListType list, JsonNode item) throws TypeMismatchException {
        if (item.isNull()) {
            throw new TypeMismatchException("associative list with keys may not have a null element");
        }
        if (!item.isObject()) {
            throw new TypeMismatchException("associative list with keys may not have non-map elements");
        }
        NavigableMap<String, JsonNode> fields = new TreeMap<>();
        for (String key : list.keys()) {
            JsonNode value = item.has(key) ? item.get(key) : defaultOf(list, key);
            if (value != null) {
                fields.put(key, value);
            }
        }
        if (fields.isEmpty()) {
            throw new TypeMismatchException("associative list with keys has an element that omits all key fields "
                    + list.keys().stream().map(JsonText::quoted).collect(Collectors.joining(" ", "[", "]"))
                    + " (and doesn't have default values for any key fields)");
        }
        return new PathElement.Key(fields);
    }

    private static @Nullable JsonNode defaultOf(ListType list, String key) {
        MapType type = list.items().map();
        FieldType field = type == null ? null : type.fields().get(key);
        return field == null ? null : field.defaultValue();
    }
}
