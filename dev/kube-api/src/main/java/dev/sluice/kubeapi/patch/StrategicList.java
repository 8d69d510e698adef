package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonOrder;
import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Strategic merge patch of lists that merge: sets of plain values, and lists of objects with a merge key. */
final class StrategicList {

    private final String mergeKey;
    private final ListType type;

    private StrategicList(ListType type, String mergeKey) {
        this.type = type;
        this.mergeKey = mergeKey;
    }

    /** A list that does not merge is replaced. */
    static ArrayNode merge(ArrayNode present, ArrayNode patch, @Nullable ListType type) throws PatchException {
        String mergeKey = type == null ? null : type.mergeKey();
        if (type == null || mergeKey == null) {
            return patch;
        }
        StrategicList list = new StrategicList(type, mergeKey);
        List<JsonNode> merged = list.merged(items(present), items(patch));
        return list.arranged(merged, items(patch), items(present));
    }

    /** Merges, and puts the items into the order asked for. */
    static ArrayNode ordered(@Nullable ArrayNode present, @Nullable ArrayNode changes, ArrayNode order, ListType type)
            throws PatchException {
        StrategicList list = new StrategicList(type, type.mergeKey() == null ? "" : type.mergeKey());
        list.checkOrder(items(changes), items(order));
        List<JsonNode> merged;
        if (present == null) {
            merged = items(StrategicMerge.withoutDirectives(changes == null ? order.arrayNode() : changes));
        } else if (changes == null) {
            merged = items(present);
        } else {
            merged = items(merge(present, changes, type));
        }
        return list.arranged(merged, items(order), items(present));
    }

    static ArrayNode without(ArrayNode list, JsonNode values) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        list.valueStream()
                .filter(item -> values.valueStream().noneMatch(value -> JsonOrder.equal(item, value)))
                .forEach(kept::add);
        return kept;
    }

    private static List<JsonNode> items(@Nullable JsonNode list) {
        return list == null ? List.of() : list.valueStream().toList();
    }

    private boolean keyed() {
        return !mergeKey.isEmpty();
    }

    private List<JsonNode> merged(List<JsonNode> present, List<JsonNode> patch) throws PatchException {
        if (!keyed()) {
            List<JsonNode> all = new ArrayList<>();
            present.forEach(item -> addIfMissing(all, item));
            patch.forEach(item -> addIfMissing(all, item));
            return all;
        }
        List<JsonNode> items = new ArrayList<>(present);
        List<JsonNode> changes = new ArrayList<>();
        boolean replace = false;
        for (JsonNode change : patch) {
            switch (directive(change)) {
                case "" -> changes.add(change);
                case "replace" -> replace = true;
                default -> {
                    JsonNode key = keyOf(change);
                    items.removeIf(item -> JsonOrder.equal(item.path(mergeKey), key));
                }
            }
        }
        return replace ? changes : mergedByKey(items, changes);
    }

    private static void addIfMissing(List<JsonNode> items, JsonNode item) {
        if (items.stream().noneMatch(other -> JsonOrder.equal(other, item))) {
            items.add(item);
        }
    }

    private static String directive(JsonNode change) throws PatchException {
        if (!change.has(StrategicMerge.PATCH)) {
            return "";
        }
        String directive = change.path(StrategicMerge.PATCH).asString("");
        if (directive.equals("merge")) {
            throw PatchException.internal("merging lists cannot yet be specified in the patch");
        }
        if (!directive.equals("delete") && !directive.equals("replace")) {
            throw PatchException.internal("unknown patch type: " + directive + " in map: " + GoText.plain(change));
        }
        return directive;
    }

    private List<JsonNode> mergedByKey(List<JsonNode> items, List<JsonNode> changes) throws PatchException {
        for (JsonNode change : changes) {
            int index = indexOf(items, change);
            if (index < 0) {
                items.add(change);
            } else if (items.get(index) instanceof ObjectNode item && change instanceof ObjectNode object) {
                items.set(index, StrategicMerge.merge(item, object, type.items()));
            }
        }
        return items;
    }

    private JsonNode keyOf(JsonNode item) throws PatchException {
        JsonNode key = item.get(mergeKey);
        if (key == null) {
            throw PatchException.internal(
                    "map: " + GoText.plain(item) + " does not contain declared merge key: " + mergeKey);
        }
        return key;
    }

    private int indexOf(List<JsonNode> items, JsonNode wanted) throws PatchException {
        for (int i = 0; i < items.size(); i++) {
            boolean same = keyed()
                    ? JsonOrder.equal(items.get(i).path(mergeKey), keyOf(wanted))
                    : JsonOrder.equal(items.get(i), wanted);
            if (same) {
                return i;
            }
        }
        return -1;
    }

    /** The items that are listed come in the listed order, the others where the server had them. */
    private ArrayNode arranged(List<JsonNode> items, List<JsonNode> order, List<JsonNode> before)
            throws PatchException {
        List<Placed> listed = new ArrayList<>();
        List<Placed> others = new ArrayList<>();
        for (JsonNode item : items) {
            int position = indexOf(order, item);
            (position < 0 ? others : listed).add(new Placed(item, position, indexOf(before, item)));
        }
        listed.sort(Comparator.comparingInt(Placed::listed));
        others.sort(Comparator.comparingInt(Placed::before));
        return interleaved(listed, others);
    }

    private record Placed(JsonNode item, int listed, int before) {}

    private static ArrayNode interleaved(List<Placed> listed, List<Placed> others) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        int next = 0;
        for (Placed other : others) {
            while (next < listed.size() && !goesBefore(other, listed.get(next))) {
                all.add(listed.get(next++).item());
            }
            all.add(other.item());
        }
        listed.subList(next, listed.size()).forEach(placed -> all.add(placed.item()));
        return all;
    }

    private static boolean goesBefore(Placed other, Placed listed) {
        return other.before() >= 0 && listed.before() >= 0 && other.before() < listed.before();
    }

    private void checkOrder(List<JsonNode> changes, List<JsonNode> order) throws PatchException {
        int position = 0;
        for (JsonNode change : order.isEmpty() ? List.<JsonNode>of() : changes) {
            if (!change.has(StrategicMerge.PATCH)) {
                int found = indexOf(order.subList(position, order.size()), change);
                if (found < 0) {
                    throw PatchException.internal("The order in patch list:\n" + shown(changes)
                            + "\n doesn't match $setElementOrder list:\n" + shown(order) + "\n");
                }
                position += found + 1;
            }
        }
    }

    private static String shown(List<JsonNode> items) {
        return items.stream().map(GoText::plain).collect(Collectors.joining(" ", "[", "]"));
    }
}
