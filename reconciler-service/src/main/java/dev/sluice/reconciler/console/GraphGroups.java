package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.GraphNode.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Nodes of a graph in groups that share a box. Groups have numbers from 0.
 *
 * @param members the numbers of the nodes, by group
 * @param lines from group to group
 */
record GraphGroups(Graph graph, List<GroupKey> keys, List<List<Integer>> members, Set<Line> lines) {

    /** What the nodes of a group have in common. */
    enum Scope {
        NODE,
        GENERATOR,
        NAMESPACE,
        /** They are not on this page. */
        OTHER_PAGES
    }

    /**
     * Identifies a group.
     *
     * @param of the ID of the node or of the generator, or the namespace
     */
    record GroupKey(Column column, Scope scope, String of) {}

    /** A line between groups. */
    record Line(int from, int to) {}

    /** Groups nodes by their keys. */
    static GraphGroups of(Graph graph, BitSet shown, IntFunction<GroupKey> keyOf) {
        Map<GroupKey, Integer> numbers = new LinkedHashMap<>();
        List<List<Integer>> members = new ArrayList<>();
        int[] groups = new int[graph.size()];
        for (int node = shown.nextSetBit(0); node >= 0; node = shown.nextSetBit(node + 1)) {
            int group = numbers.computeIfAbsent(keyOf.apply(node), key -> numbers.size());
            if (group == members.size()) {
                members.add(new ArrayList<>());
            }
            members.get(group).add(node);
            groups[node] = group;
        }
        Set<Line> lines = new LinkedHashSet<>();
        for (int node = shown.nextSetBit(0); node >= 0; node = shown.nextSetBit(node + 1)) {
            for (int user : graph.down(node)) {
                if (shown.get(user) && groups[user] != groups[node]) {
                    lines.add(new Line(groups[node], groups[user]));
                }
            }
        }
        return new GraphGroups(graph, List.copyOf(numbers.keySet()), members, lines);
    }

    /** Merges groups whose keys become the same. */
    GraphGroups mapped(UnaryOperator<GroupKey> newKey) {
        BitSet shown = new BitSet();
        Map<Integer, GroupKey> keyOf = new HashMap<>();
        for (int group = 0; group < keys.size(); group++) {
            GroupKey key = newKey.apply(keys.get(group));
            for (int node : members.get(group)) {
                shown.set(node);
                keyOf.put(node, key);
            }
        }
        return of(graph, shown, node -> Objects.requireNonNull(keyOf.get(node)));
    }

    /** The worst state in the group. */
    State state(int group) {
        return members.get(group).stream()
                .map(node -> graph.node(node).state())
                .min(Comparator.naturalOrder())
                .orElse(State.READY);
    }

    long problems(int group) {
        return members.get(group).stream()
                .filter(node -> graph.node(node).state().isProblem())
                .count();
    }

    /** The largest number of groups in a column. */
    int longestColumn() {
        Map<Column, Integer> sizes = new EnumMap<>(Column.class);
        keys.forEach(key -> sizes.merge(key.column(), 1, Integer::sum));
        return sizes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /**
     * The groups of each column: those with a wanted node first, then the worst; those of other columns in the order of
     * their generators, so that a page has objects that belong together.
     */
    Map<Column, List<Integer>> ordered(BitSet wanted) {
        int[] rank = new int[keys.size()];
        Map<Column, List<Integer>> columns = new EnumMap<>(Column.class);
        for (Column column : List.of(Column.GENERATOR, Column.ARTIFACT, Column.CONSUMER, Column.SOURCE)) {
            int[] neighbour = neighbourRanks(rank, columns);
            List<Integer> groups = new ArrayList<>();
            for (int group = 0; group < keys.size(); group++) {
                if (keys.get(group).column() == column) {
                    groups.add(group);
                }
            }
            groups.sort(Comparator.<Integer, Boolean>comparing(
                            group -> members.get(group).stream().noneMatch(wanted::get))
                    .thenComparing(group -> neighbour[group])
                    .thenComparing(this::state)
                    .thenComparing(group -> keys.get(group).of()));
            for (int i = 0; i < groups.size(); i++) {
                rank[groups.get(i)] = i;
            }
            columns.put(column, groups);
        }
        return columns;
    }

    /** The smallest rank of the neighbours in the columns that are ordered already. */
    private int[] neighbourRanks(int[] rank, Map<Column, List<Integer>> ordered) {
        int[] smallest = new int[keys.size()];
        Arrays.fill(smallest, Integer.MAX_VALUE);
        for (Line line : lines) {
            if (ordered.containsKey(keys.get(line.from()).column())) {
                smallest[line.to()] = Math.min(smallest[line.to()], rank[line.from()]);
            }
            if (ordered.containsKey(keys.get(line.to()).column())) {
                smallest[line.from()] = Math.min(smallest[line.from()], rank[line.to()]);
            }
        }
        return smallest;
    }
}
