package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Merges an applied configuration into an object: what it says wins, what it does not mention stays. */
final class TypedMerge {

    private TypedMerge() {}

    /** Null when neither side has anything. */
    static @Nullable JsonNode merge(@Nullable JsonNode live, @Nullable JsonNode applied, TypeSchema declared)
            throws TypeMismatchException {
        TypeSchema type = declared.narrowedTo(applied == null ? live : applied);
        MapType map = type.map();
        ListType list = type.list();
        if (map != null) {
            return mergeMaps(map, live, applied);
        }
        if (type.scalar() == null && list != null) {
            return mergeLists(list, live, applied);
        }
        return applied == null ? live : applied;
    }

    private static @Nullable JsonNode mergeMaps(MapType type, @Nullable JsonNode live, @Nullable JsonNode applied)
            throws TypeMismatchException {
        JsonNode lives = live != null && live.isObject() ? live : null;
        JsonNode news = applied != null && applied.isObject() ? applied : null;
        // when both are empty the applied form wins, so that null and {} stay apart
        if (type.atomic() || (TypedFields.isEmptyOrAbsent(lives) && TypedFields.isEmptyOrAbsent(news))) {
            return applied == null ? live : applied;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (String name : names(lives, news)) {
            TypeSchema fieldType = TypeSchema.fieldOf(type, name);
            JsonNode value = merge(
                    lives == null ? null : lives.get(name),
                    news == null ? null : news.get(name),
                    fieldType == null ? TypeSchema.DEDUCED : fieldType);
            if (value != null) {
                merged.set(name, value);
            }
        }
        return merged.isEmpty() ? null : merged;
    }

    private static Set<String> names(@Nullable JsonNode lives, @Nullable JsonNode news) {
        Set<String> names = new TreeSet<>();
        if (lives != null) {
            names.addAll(lives.propertyNames());
        }
        if (news != null) {
            names.addAll(news.propertyNames());
        }
        return names;
    }

    private static @Nullable JsonNode mergeLists(ListType type, @Nullable JsonNode live, @Nullable JsonNode applied)
            throws TypeMismatchException {
        JsonNode lives = live != null && live.isArray() ? live : null;
        JsonNode news = applied != null && applied.isArray() ? applied : null;
        if (!type.associative() || (TypedFields.isEmptyOrAbsent(lives) && TypedFields.isEmptyOrAbsent(news))) {
            return applied == null ? live : applied;
        }
        return new ListMerge(type, lives, news).merge();
    }
}
