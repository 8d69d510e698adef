package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/**
 * Merges two sets, or two lists with keys. Items that both have come in the order of the applied list; items that only
 * the live one has stay between the shared ones where they were. Used once.
 */
final class ListMerge {

    private final ListType type;
    private final List<JsonNode> lives;
    private final List<PathElement> liveElements;
    private final List<PathElement> appliedElements;
    private final Map<PathElement, JsonNode> liveItems = new HashMap<>();
    private final Map<PathElement, JsonNode> appliedItems = new HashMap<>();
    private final Set<PathElement> done = new HashSet<>();
    private final Deque<PathElement> shared = new ArrayDeque<>();
    private final ArrayNode merged = JsonNodeFactory.instance.arrayNode();
    private int live;
    private int applied;

    ListMerge(ListType type, @Nullable JsonNode live, @Nullable JsonNode applied) throws TypeMismatchException {
        this.type = type;
        this.lives = live == null ? List.of() : live.valueStream().toList();
        this.liveElements = index(lives, liveItems, true);
        this.appliedElements =
                index(applied == null ? List.of() : applied.valueStream().toList(), appliedItems, false);
        appliedElements.stream().filter(liveItems::containsKey).forEach(shared::add);
    }

    private List<PathElement> index(List<JsonNode> items, Map<PathElement, JsonNode> index, boolean duplicates)
            throws TypeMismatchException {
        List<PathElement> elements = new ArrayList<>();
        for (JsonNode item : items) {
            PathElement element = ListItems.elementOf(type, item);
            if (index.put(element, item) != null) {
                if (!duplicates) {
                    throw new TypeMismatchException("duplicate entries for key " + element.display());
                }
                // of several items with one key none is the one to merge with
                index.put(element, NullNode.instance);
            }
            elements.add(element);
        }
        return elements;
    }

    @Nullable
    JsonNode merge() throws TypeMismatchException {
        while (live < liveElements.size() || applied < appliedElements.size()) {
            if (!takePair() && !takeLive()) {
                takeApplied();
            }
        }
        return merged.isEmpty() ? null : merged;
    }

    private boolean takePair() throws TypeMismatchException {
        if (live == liveElements.size() || applied == appliedElements.size()) {
            return false;
        }
        PathElement element = liveElements.get(live);
        if (element.equals(appliedElements.get(applied))) {
            done.add(element);
            add(liveItems.get(element), appliedItems.get(element));
            live++;
            applied++;
            shared.poll();
            return true;
        }
        if (appliedItems.containsKey(element)
                && !shared.isEmpty()
                && !shared.element().equals(element)) {
            // shared, but another shared item comes before it in the applied order
            live++;
            return true;
        }
        return false;
    }

    private boolean takeLive() throws TypeMismatchException {
        if (live == liveElements.size()) {
            return false;
        }
        PathElement element = liveElements.get(live);
        if (!appliedItems.containsKey(element)) {
            add(lives.get(live), null);
            live++;
            return true;
        }
        if (done.contains(element)) {
            live++;
        }
        return false;
    }

    private void takeApplied() throws TypeMismatchException {
        if (applied == appliedElements.size()) {
            return;
        }
        PathElement element = appliedElements.get(applied++);
        done.add(element);
        add(liveItems.get(element), appliedItems.get(element));
        if (element.equals(shared.peek())) {
            shared.poll();
        }
    }

    private void add(@Nullable JsonNode liveItem, @Nullable JsonNode appliedItem) throws TypeMismatchException {
        JsonNode item = TypedMerge.merge(liveItem, appliedItem, type.items());
        if (item != null) {
            merged.add(item);
        }
    }
}
