package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.schema.SchemaNode;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An immutable set of paths: a tree in the format of FieldsV1. A path is in the set if its node is a member; other
 * nodes only lead to members.
 */
final class FieldSet {

    static final FieldSet EMPTY = new FieldSet(new TreeMap<>());

    /** A path element: whether the path that ends here is in the set, and the set below. */
    record Node(boolean member, FieldSet below) {

        boolean isEmpty() {
            return !member && below.isEmpty();
        }
    }

    private final NavigableMap<PathElement, Node> nodes;

    private FieldSet(NavigableMap<PathElement, Node> nodes) {
        this.nodes = Collections.unmodifiableNavigableMap(nodes);
    }

    static FieldSet of(FieldPath... paths) {
        Builder builder = new Builder();
        for (FieldPath path : paths) {
            builder.add(path);
        }
        return builder.build();
    }

    /** Parses FieldsV1; ignores unknown kinds of elements, as every reader must. */
    static FieldSet parse(JsonNode fieldsV1) {
        NavigableMap<PathElement, Node> nodes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : fieldsV1.properties()) {
            PathElement element = entry.getKey().equals(".") ? null : PathElement.parse(entry.getKey());
            if (element != null) {
                FieldSet below = parse(entry.getValue());
                nodes.put(element, new Node(below.isEmpty() || entry.getValue().has("."), below));
            }
        }
        return new FieldSet(nodes);
    }

    ObjectNode toFieldsV1() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        nodes.forEach((element, node) -> {
            ObjectNode value = JsonNodeFactory.instance.objectNode();
            if (node.member() && !node.below().isEmpty()) {
                value.putObject(".");
            }
            value.setAll(node.below().toFieldsV1());
            json.set(element.text(), value);
        });
        return json;
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    Map<PathElement, Node> nodes() {
        return nodes;
    }

    boolean hasMember(PathElement element) {
        Node node = nodes.get(element);
        return node != null && node.member();
    }

    boolean contains(FieldPath path) {
        FieldSet set = this;
        boolean member = false;
        for (PathElement element : path.elements()) {
            member = set.hasMember(element);
            set = set.below(element);
        }
        return member;
    }

    /** Returns the set below an element, with relative paths. */
    FieldSet below(PathElement element) {
        Node node = nodes.get(element);
        return node == null ? EMPTY : node.below();
    }

    FieldSet union(FieldSet other) {
        NavigableMap<PathElement, Node> united = new TreeMap<>(nodes);
        other.nodes.forEach((element, node) -> united.merge(
                element,
                node,
                (left, right) ->
                        new Node(left.member() || right.member(), left.below().union(right.below()))));
        return new FieldSet(united);
    }

    FieldSet intersection(FieldSet other) {
        return combine(
                other,
                (mine, theirs) -> theirs == null
                        ? new Node(false, EMPTY)
                        : new Node(
                                mine.member() && theirs.member(), mine.below().intersection(theirs.below())));
    }

    FieldSet difference(FieldSet other) {
        return combine(
                other,
                (mine, theirs) -> theirs == null
                        ? mine
                        : new Node(
                                mine.member() && !theirs.member(), mine.below().difference(theirs.below())));
    }

    /** Like {@link #difference}, but also removes everything below the paths of the other set. */
    FieldSet recursiveDifference(FieldSet other) {
        return combine(other, (mine, theirs) -> {
            if (theirs == null) {
                return mine;
            }
            return theirs.member()
                    ? new Node(false, EMPTY)
                    : new Node(mine.member(), mine.below().recursiveDifference(theirs.below()));
        });
    }

    private interface Combination {
        Node apply(Node mine, @Nullable Node theirs);
    }

    private FieldSet combine(FieldSet other, Combination combination) {
        NavigableMap<PathElement, Node> kept = new TreeMap<>();
        nodes.forEach((element, node) -> {
            Node combined = combination.apply(node, other.nodes.get(element));
            if (!combined.isEmpty()) {
                kept.put(element, combined);
            }
        });
        return new FieldSet(kept);
    }

    /**
     * Returns the set with the declared parent fields of its paths as additional members: an object field has no owner,
     * but is removed with its last owned child.
     */
    FieldSet withNamedFields(@Nullable SchemaNode type) {
        NavigableMap<PathElement, Node> named = new TreeMap<>();
        nodes.forEach((element, node) -> {
            boolean leads =
                    element.isField() && type != null && type.properties().containsKey(element.name());
            named.put(
                    element,
                    new Node(
                            node.member() || (leads && !node.below().isEmpty()),
                            node.below().withNamedFields(Shape.below(type, element))));
        });
        return new FieldSet(named);
    }

    void forEach(Consumer<FieldPath> action) {
        forEach(FieldPath.ROOT, action);
    }

    private void forEach(FieldPath prefix, Consumer<FieldPath> action) {
        // members of a level first, the order in which the real server lists conflicts
        nodes.forEach((element, node) -> {
            if (node.member()) {
                action.accept(prefix.child(element));
            }
        });
        nodes.forEach((element, node) -> node.below().forEach(prefix.child(element), action));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet that && nodes.equals(that.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return toFieldsV1().toString();
    }

    /** A builder of field sets. Not thread-safe. */
    static final class Builder {

        private final NavigableMap<PathElement, Builder> below = new TreeMap<>();
        private boolean member;

        void add(FieldPath path) {
            Builder builder = this;
            for (PathElement element : path.elements()) {
                builder = builder.below.computeIfAbsent(element, key -> new Builder());
            }
            builder.member = true;
        }

        FieldSet build() {
            NavigableMap<PathElement, Node> nodes = new TreeMap<>();
            below.forEach((element, builder) -> nodes.put(element, new Node(builder.member, builder.build())));
            return new FieldSet(nodes);
        }
    }
}
