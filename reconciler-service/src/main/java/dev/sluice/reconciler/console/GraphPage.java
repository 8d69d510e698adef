package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.GraphGroups.GroupKey;
import dev.sluice.reconciler.console.GraphGroups.Line;
import dev.sluice.reconciler.console.GraphLayout.Drawing;
import dev.sluice.reconciler.text.EscapedText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The graph.
 *
 * @param notices why objects are missing
 * @param focus the focused object; empty list without one
 * @param summary how many objects the page has
 */
record GraphPage(
        Shell shell,
        GraphFilter filter,
        List<String> notices,
        List<Box> focus,
        String summary,
        int page,
        int pages,
        Drawing drawing,
        List<Box> boxes) {

    /** Longer names do not fit into a box. */
    private static final int MAX_TITLE = 32;

    private static final int MAX_MESSAGE = 400;

    /**
     * An object or several.
     *
     * @param anchor identifies the box on the page
     * @param title truncated to the width of a box
     * @param name the whole title
     * @param note the kind and namespace, or what the objects have in common
     * @param address the graph around it
     * @param path of its own page; empty if it has none
     * @param next the boxes to which lines lead
     */
    record Box(
            int number,
            String anchor,
            State state,
            String title,
            String name,
            String note,
            String message,
            String address,
            String path,
            boolean focused,
            List<Integer> next) {}

    static GraphPage of(Shell shell, GraphFilter filter, GraphView view, Drawing drawing, List<String> notices) {
        List<Box> boxes = boxes(view, filter);
        return new GraphPage(
                shell,
                filter,
                notices,
                boxes.stream().filter(Box::focused).toList(),
                summary(view.nodes(), boxes.size()),
                view.page(),
                view.pages(),
                drawing,
                boxes);
    }

    /** What the page says if it has no boxes. */
    String nothing() {
        return filter.isEmpty() ? "No objects." : "No objects match.";
    }

    private static String summary(int nodes, int boxes) {
        return nodes == boxes ? "%d objects".formatted(nodes) : "%d objects in %d boxes".formatted(nodes, boxes);
    }

    private static List<Box> boxes(GraphView view, GraphFilter filter) {
        GraphGroups groups = view.groups();
        List<List<Integer>> next = new ArrayList<>();
        groups.keys().forEach(key -> next.add(new ArrayList<>()));
        for (Line line : groups.lines()) {
            next.get(line.from()).add(line.to());
        }
        return IntStream.range(0, groups.keys().size())
                .mapToObj(number -> groups.members().get(number).size() == 1
                        ? node(number, groups, filter, next.get(number))
                        : group(number, view, filter, next.get(number)))
                .toList();
    }

    private static Box node(int number, GraphGroups groups, GraphFilter filter, List<Integer> next) {
        GraphNode node = groups.graph().node(groups.members().get(number).get(0));
        String name = EscapedText.of(node.key().name());
        return new Box(
                number,
                "box-" + EscapedText.of(node.id()),
                node.state(),
                Texts.shortened(name, MAX_TITLE),
                name,
                Texts.shortened("%s, %s".formatted(node.what(), node.key().namespace()), MAX_TITLE),
                Texts.shortened(node.message(), MAX_MESSAGE),
                GraphFilter.address(node.id()),
                node.path(),
                node.id().equals(filter.focus()),
                next);
    }

    private static Box group(int number, GraphView view, GraphFilter filter, List<Integer> next) {
        GraphGroups groups = view.groups();
        GroupKey key = groups.keys().get(number);
        String name = key.column().counted(groups.members().get(number).size());
        String of = EscapedText.of(key.of().substring(key.of().indexOf('/') + 1));
        long problems = groups.problems(number);
        return new Box(
                number,
                "boxes-" + key.column() + "-" + EscapedText.of(key.of()),
                groups.state(number),
                name,
                name,
                Texts.shortened(
                        switch (key.scope()) {
                            case GENERATOR -> "of " + of;
                            case NAMESPACE -> "in namespace " + of;
                            case NODE, OTHER_PAGES -> "on other pages";
                        },
                        MAX_TITLE),
                problems == 0 ? "" : "%d failing or stalled".formatted(problems),
                switch (key.scope()) {
                    case GENERATOR -> GraphFilter.address(key.of());
                    case NAMESPACE -> GraphFilter.ofNamespace(key.of());
                    case NODE, OTHER_PAGES -> filter.address(view.page() % view.pages() + 1);
                },
                "",
                false,
                next);
    }
}
