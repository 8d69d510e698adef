package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonOrder;
import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What changes from one object to another. No path is in two of the sets.
 *
 * @param removed paths that only the old object has
 * @param modified paths with another value
 * @param added paths that only the new object has
 */
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {

    static Comparison of(JsonNode before, JsonNode after, TypeSchema type) throws TypeMismatchException {
        Walk walk = new Walk();
        walk.compare(before, after, type, FieldPath.ROOT);
        return new Comparison(walk.removed.build(), walk.modified.build(), walk.added.build());
    }

    /** Without the paths at or below those given. */
    Comparison ignoring(FieldSet ignored) {
        return new Comparison(
                removed.recursiveDifference(ignored),
                modified.recursiveDifference(ignored),
                added.recursiveDifference(ignored));
    }

    private static final class Walk {

        private final FieldSet.Builder removed = new FieldSet.Builder();
        private final FieldSet.Builder modified = new FieldSet.Builder();
        private final FieldSet.Builder added = new FieldSet.Builder();

        void compare(@Nullable JsonNode before, @Nullable JsonNode after, TypeSchema declared, FieldPath path)
                throws TypeMismatchException {
            TypeSchema old = declared.narrowedTo(before);
            TypeSchema fresh = declared.narrowedTo(after);
            boolean leaf;
            if (after == null) {
                leaf = compareAs(old, before, null, path);
            } else {
                if (before != null && !old.sameShapesAs(fresh)) {
                    // the shape changed: what was below goes, what is below comes
                    compareAs(old, before, after, path);
                }
                leaf = compareAs(fresh, before, after, path);
            }
            if (!leaf && before == null) {
                added.add(path);
            } else if (!leaf && after == null) {
                removed.add(path);
            }
        }

        /** Whether the path is one value, so that nothing below it counts. */
        private boolean compareAs(TypeSchema type, @Nullable JsonNode before, @Nullable JsonNode after, FieldPath path)
                throws TypeMismatchException {
            MapType map = type.map();
            ListType list = type.list();
            if (map != null) {
                return compareMaps(map, shaped(before, true), shaped(after, true), before, after, path);
            }
            if (type.scalar() == null && list != null) {
                return compareLists(list, shaped(before, false), shaped(after, false), before, after, path);
            }
            leaf(before, after, path);
            return true;
        }

        private static @Nullable JsonNode shaped(@Nullable JsonNode value, boolean object) {
            boolean fits = value != null && (object ? value.isObject() : value.isArray());
            return fits ? value : null;
        }

        private void leaf(@Nullable JsonNode before, @Nullable JsonNode after, FieldPath path) {
            if (before == null) {
                added.add(path);
            } else if (after == null) {
                removed.add(path);
            } else if (!JsonOrder.equal(before, after)) {
                modified.add(path);
            }
        }

        private boolean compareMaps(
                MapType type,
                @Nullable JsonNode oldMap,
                @Nullable JsonNode newMap,
                @Nullable JsonNode before,
                @Nullable JsonNode after,
                FieldPath path)
                throws TypeMismatchException {
            if (type.atomic() || (TypedFields.isEmptyOrAbsent(oldMap) && TypedFields.isEmptyOrAbsent(newMap))) {
                leaf(before, after, path);
                return true;
            }
            TreeSet<String> names = new TreeSet<>(oldMap == null ? List.of() : oldMap.propertyNames());
            names.addAll(newMap == null ? List.of() : newMap.propertyNames());
            for (String name : names) {
                TypeSchema fieldType = TypeSchema.fieldOf(type, name);
                compare(
                        oldMap == null ? null : oldMap.get(name),
                        newMap == null ? null : newMap.get(name),
                        fieldType == null ? TypeSchema.DEDUCED : fieldType,
                        path.child(new PathElement.Field(name)));
            }
            return false;
        }

        private boolean compareLists(
                ListType type,
                @Nullable JsonNode oldList,
                @Nullable JsonNode newList,
                @Nullable JsonNode before,
                @Nullable JsonNode after,
                FieldPath path)
                throws TypeMismatchException {
            if (!type.associative() || (TypedFields.isEmptyOrAbsent(oldList) && TypedFields.isEmptyOrAbsent(newList))) {
                leaf(before, after, path);
                return true;
            }
            Map<PathElement, List<JsonNode>> olds = byElement(type, oldList);
            Map<PathElement, List<JsonNode>> news = byElement(type, newList);
            Map<PathElement, List<JsonNode>> all = new LinkedHashMap<>(olds);
            news.forEach(all::putIfAbsent);
            for (PathElement element : all.keySet()) {
                compareItems(
                        type.items(),
                        olds.getOrDefault(element, List.of()),
                        news.getOrDefault(element, List.of()),
                        path.child(element));
            }
            return false;
        }

        private static Map<PathElement, List<JsonNode>> byElement(ListType type, @Nullable JsonNode list)
                throws TypeMismatchException {
            Map<PathElement, List<JsonNode>> items = new LinkedHashMap<>();
            for (JsonNode item : list == null ? List.<JsonNode>of() : list) {
                items.computeIfAbsent(ListItems.elementOf(type, item), key -> new ArrayList<>())
                        .add(item);
            }
            return items;
        }

        /** An item that is there several times is one value; becoming one again counts as removed and added. */
        private void compareItems(TypeSchema type, List<JsonNode> olds, List<JsonNode> news, FieldPath path)
                throws TypeMismatchException {
            boolean wasMany = olds.size() > 1;
            boolean isMany = news.size() > 1;
            if (wasMany && isMany) {
                if (!sameItems(olds, news)) {
                    modified.add(path);
                }
                return;
            }
            JsonNode before = wasMany || olds.isEmpty() ? null : olds.get(0);
            JsonNode after = isMany || news.isEmpty() ? null : news.get(0);
            if (before != null || after != null) {
                compare(before, after, type, path);
            }
            if (wasMany) {
                removed.add(path);
            } else if (isMany) {
                added.add(path);
            }
        }

        private static boolean sameItems(List<JsonNode> olds, List<JsonNode> news) {
            boolean same = olds.size() == news.size();
            for (int i = 0; same && i < olds.size(); i++) {
                same = JsonOrder.equal(olds.get(i), news.get(i));
            }
            return same;
        }
    }
}
