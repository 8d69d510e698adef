package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.ConsumerReader.Consumers;
import dev.sluice.reconciler.console.GraphLayout.Drawing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Makes the pages of the graph. */
final class GraphPages {

    private final GraphReader graphs;
    private final Supplier<Consumers> consumers;
    private final GraphLayout layout = new GraphLayout();

    GraphPages(GraphReader graphs, Supplier<Consumers> consumers) {
        this.graphs = graphs;
        this.consumers = consumers;
    }

    GraphPage of(CachedItems items, GraphFilter filter, Shell shell) {
        Consumers listed = consumers.get();
        Graph graph = graphs.read(items, listed);
        List<String> notices = new ArrayList<>(listed.notices());
        if (!filter.focus().isEmpty() && graph.number(filter.focus()).isEmpty()) {
            notices.add("The object in the address does not exist, or is not shown by the console.");
        }
        GraphView view = GraphView.of(graph, filter);
        Drawing drawing = layout.of(new GraphLayout.Shape(
                view.groups().keys().size(), List.copyOf(view.groups().lines())));
        return GraphPage.of(shell, filter, view, drawing, notices);
    }
}
