package dev.sluice.reconciler.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects and which of them use which: an edge leads from a source to the generator that reads it, from a generator to
 * its artifact, and from an artifact to its consumer. Nodes have numbers from 0. Immutable.
 */
final class Graph {

    private final List<GraphNode> nodes;
    private final Map<String, Integer> numbers;
    private final List<List<Integer>> down;
    private final List<List<Integer>> up;

    private Graph(Builder builder) {
        this.nodes = List.copyOf(builder.nodes);
        this.numbers = Map.copyOf(builder.numbers);
        this.down = builder.down.stream().map(List::copyOf).toList();
        this.up = builder.up.stream().map(List::copyOf).toList();
    }

    /** Collects nodes and edges. */
    static final class Builder {

        private final List<GraphNode> nodes = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<List<Integer>> down = new ArrayList<>();
        private final List<List<Integer>> up = new ArrayList<>();
        private final Set<Long> edges = new HashSet<>();

        /** Adds a node unless one with its ID exists; returns its number. */
        int add(GraphNode node) {
            @Nullable Integer known = numbers.putIfAbsent(node.id(), nodes.size());
            if (known != null) {
                return known;
            }
            nodes.add(node);
            down.add(new ArrayList<>(2));
            up.add(new ArrayList<>(2));
            return nodes.size() - 1;
        }

        Optional<Integer> number(String id) {
            return Optional.ofNullable(numbers.get(id));
        }

        void edge(int from, int to) {
            if (edges.add(((long) from << 32) | to)) {
                down.get(from).add(to);
                up.get(to).add(from);
            }
        }

        Graph build() {
            return new Graph(this);
        }
    }

    int size() {
        return nodes.size();
    }

    GraphNode node(int number) {
        return nodes.get(number);
    }

    Optional<Integer> number(String id) {
        return Optional.ofNullable(numbers.get(id));
    }

    /** The nodes that use this one. */
    List<Integer> down(int number) {
        return down.get(number);
    }

    /** The nodes that this one uses. */
    List<Integer> up(int number) {
        return up.get(number);
    }

    /** These nodes, all that they use and all that use them, directly or not. */
    BitSet around(BitSet start) {
        BitSet reached = reach(start, up);
        reached.or(reach(start, down));
        return reached;
    }

    private static BitSet reach(BitSet start, List<List<Integer>> edges) {
        BitSet reached = (BitSet) start.clone();
        Deque<Integer> pending = new ArrayDeque<>();
        start.stream().forEach(pending::add);
        while (!pending.isEmpty()) {
            for (int next : edges.get(pending.remove())) {
                if (!reached.get(next)) {
                    reached.set(next);
                    pending.add(next);
                }
            }
        }
        return reached;
    }

    /** The nodes that have an edge. */
    BitSet connected() {
        BitSet connected = new BitSet();
        for (int i = 0; i < nodes.size(); i++) {
            connected.set(i, !down.get(i).isEmpty() || !up.get(i).isEmpty());
        }
        return connected;
    }
}
