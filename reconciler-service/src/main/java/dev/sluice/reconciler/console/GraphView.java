package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.GraphGroups.GroupKey;
import dev.sluice.reconciler.console.GraphGroups.Scope;
import dev.sluice.reconciler.console.GraphNode.Column;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The groups that a page of the graph shows. Nodes share a box, first those of a generator and then those of a
 * namespace, until the drawing is small enough; some problems keep a box of their own. Columns that are still too long
 * are divided into pages.
 *
 * @param pages at least 1
 * @param nodes the number of nodes in all boxes
 */
record GraphView(GraphGroups groups, int page, int pages, int nodes) {

    static final int MAX_COLUMN = 30;
    static final int MAX_LINES = 300;

    private static final int MAX_PROBLEMS = 10;

    static GraphView of(Graph graph, GraphFilter filter) {
        BitSet wanted = wanted(graph, filter);
        BitSet shown = filter.isEmpty() ? wanted : graph.around(wanted);
        IntFunction<GroupKey> each = node -> new GroupKey(
                graph.node(node).column(), Scope.NODE, graph.node(node).id());
        GraphGroups groups = GraphGroups.of(graph, shown, each);
        for (IntFunction<GroupKey> coarser : coarser(graph, filter, each, problems(graph, shown))) {
            if (fits(groups)) {
                break;
            }
            groups = GraphGroups.of(graph, shown, coarser);
        }
        return fits(groups)
                ? new GraphView(groups, 1, 1, shown.cardinality())
                : page(groups, wanted, filter.page(), shown.cardinality());
    }

    /** Sources that nothing uses are not part of the whole graph. */
    private static BitSet wanted(Graph graph, GraphFilter filter) {
        if (!filter.focus().isEmpty()) {
            BitSet focus = new BitSet();
            graph.number(filter.focus()).ifPresent(focus::set);
            return focus;
        }
        BitSet wanted = graph.connected();
        for (int node = 0; node < graph.size(); node++) {
            if (graph.node(node).column() != Column.SOURCE) {
                wanted.set(node);
            }
            if (!filter.matches(graph.node(node))) {
                wanted.clear(node);
            }
        }
        return wanted;
    }

    private static BitSet problems(Graph graph, BitSet shown) {
        BitSet problems = new BitSet();
        shown.stream()
                .boxed()
                .filter(node -> graph.node(node).state().isProblem())
                .sorted(Comparator.comparing((Integer node) -> graph.node(node).state())
                        .thenComparing(node -> graph.node(node).column() != Column.GENERATOR)
                        .thenComparing(node -> graph.node(node).id()))
                .limit(MAX_PROBLEMS)
                .forEach(problems::set);
        return problems;
    }

    /** With a focus or a search, every node is of interest. */
    private static List<IntFunction<GroupKey>> coarser(
            Graph graph, GraphFilter filter, IntFunction<GroupKey> each, BitSet problems) {
        if (!filter.focus().isEmpty() || !filter.text().isEmpty()) {
            return List.of();
        }
        IntFunction<GroupKey> byGenerator =
                node -> problems.get(node) ? each.apply(node) : byGenerator(graph, node, each.apply(node));
        IntFunction<GroupKey> byNamespace = node -> problems.get(node)
                ? each.apply(node)
                : new GroupKey(
                        graph.node(node).column(),
                        Scope.NAMESPACE,
                        graph.node(node).key().namespace());
        return filter.namespace().isEmpty() ? List.of(byGenerator, byNamespace) : List.of(byGenerator);
    }

    private static GroupKey byGenerator(Graph graph, int node, GroupKey otherwise) {
        Column column = graph.node(node).column();
        int from = node;
        if (column == Column.CONSUMER && !graph.up(node).isEmpty()) {
            from = graph.up(node).get(0);
        }
        return graph.node(from).column() == Column.ARTIFACT && !graph.up(from).isEmpty()
                ? new GroupKey(
                        column,
                        Scope.GENERATOR,
                        graph.node(graph.up(from).get(0)).id())
                : otherwise;
    }

    private static boolean fits(GraphGroups groups) {
        return groups.longestColumn() <= MAX_COLUMN && groups.lines().size() <= MAX_LINES;
    }

    private static GraphView page(GraphGroups groups, BitSet wanted, int page, int nodes) {
        Map<Column, List<Integer>> columns = groups.ordered(wanted);
        int size = MAX_COLUMN;
        while (true) {
            int length = size - 1; // one more box has the nodes of other pages
            int pages = Math.max(1, (groups.longestColumn() + length - 1) / length);
            int shown = Math.min(page, pages);
            GraphGroups merged = merged(groups, kept(columns, (shown - 1) * length, length));
            if (merged.lines().size() <= MAX_LINES || size <= 4) {
                return new GraphView(merged, shown, pages, nodes);
            }
            size /= 2;
        }
    }

    /** A column that fits on a page is on every page. */
    private static Set<Integer> kept(Map<Column, List<Integer>> columns, int from, int length) {
        Set<Integer> kept = new HashSet<>();
        for (List<Integer> column : columns.values()) {
            int begin = column.size() <= length ? 0 : Math.min(from, column.size());
            kept.addAll(column.subList(begin, Math.min(column.size(), begin + length)));
        }
        return kept;
    }

    private static GraphGroups merged(GraphGroups groups, Set<Integer> kept) {
        List<GroupKey> keys = new ArrayList<>();
        kept.forEach(group -> keys.add(groups.keys().get(group)));
        Set<GroupKey> unchanged = Set.copyOf(keys);
        return groups.mapped(key -> unchanged.contains(key) ? key : new GroupKey(key.column(), Scope.OTHER_PAGES, ""));
    }
}
