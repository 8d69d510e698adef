package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.console.GraphNode.Column;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests what a page of the graph shows, from ten artifacts to thousands. */
class GraphViewTest {

    private static final GraphFilter ALL = new GraphFilter("", "", "", 1);

    @Test
    void showsEachOfTenArtifacts() {
        GraphView view = GraphView.of(chains(10, "apps"), ALL);

        assertThat(view.nodes()).isEqualTo(40);
        assertThat(boxes(view)).hasSize(40).contains("GitRepository/apps/git-0", "Kustomization/apps/ks-9");
        assertThat(view.groups().lines()).hasSize(30);
    }

    @Test
    void joinsTheArtifactsOfAGenerator() {
        Graph.Builder graph = new Graph.Builder();
        int generator = add(graph, Column.GENERATOR, "services", State.READY);
        for (int i = 0; i < 100; i++) {
            int artifact = add(graph, Column.ARTIFACT, "service-" + i, i == 7 ? State.FAILING : State.READY);
            graph.edge(generator, artifact);
            graph.edge(artifact, add(graph, Column.CONSUMER, "ks-" + i, State.READY));
        }

        GraphView view = GraphView.of(graph.build(), ALL);

        assertThat(boxes(view))
                .containsExactlyInAnyOrder(
                        "ArtifactGenerator/apps/services",
                        "99 artifacts of ArtifactGenerator/apps/services",
                        "ExternalArtifact/apps/service-7",
                        "100 consumers of ArtifactGenerator/apps/services");
    }

    @Test
    void joinsThousandsOfObjectsByNamespaceAndKeepsProblemsApart() {
        Graph.Builder graph = new Graph.Builder();
        for (int i = 0; i < 1_000; i++) {
            chain(graph, i, "team-" + i % 5, i % 400 == 3 ? State.STALLED : State.READY);
        }

        GraphView view = GraphView.of(graph.build(), ALL);

        assertThat(view.nodes()).isEqualTo(4_000);
        assertThat(boxes(view))
                .contains(
                        "ArtifactGenerator/team-3/gen-3",
                        "ArtifactGenerator/team-3/gen-403",
                        "ArtifactGenerator/team-3/gen-803",
                        "197 generators of team-3",
                        "200 generators of team-0",
                        "200 artifacts of team-3")
                .hasSize(23);
    }

    @Test
    void dividesALongColumnIntoPages() {
        Graph graph = chains(1_000, "apps");
        Set<String> seen = new TreeSet<>();
        int pages = GraphView.of(graph, new GraphFilter("", "gen", "", 1)).pages();

        for (int page = 1; page <= pages; page++) {
            GraphView view = GraphView.of(graph, new GraphFilter("", "gen", "", page));
            assertThat(view.groups().longestColumn()).isLessThanOrEqualTo(GraphView.MAX_COLUMN);
            assertThat(view.groups().lines().size()).isLessThanOrEqualTo(GraphView.MAX_LINES);
            seen.addAll(boxes(view));
        }

        assertThat(seen).contains("ArtifactGenerator/apps/gen-999", "Kustomization/apps/ks-0");
        assertThat(seen.stream().filter(box -> box.startsWith("ArtifactGenerator/")))
                .hasSize(1_000);
        assertThat(GraphView.of(graph, new GraphFilter("", "gen", "", 99_999)).page())
                .isEqualTo(pages);
    }

    @Test
    void showsTheNeighboursOfTheFocus() {
        Graph.Builder graph = new Graph.Builder();
        int shared = add(graph, Column.SOURCE, "shared", State.READY);
        for (int i = 0; i < 100; i++) {
            graph.edge(shared, chain(graph, i, "apps", State.READY));
        }
        Graph built = graph.build();

        assertThat(boxes(GraphView.of(built, focus("ExternalArtifact/apps/artifact-5"))))
                .containsExactlyInAnyOrder(
                        "GitRepository/apps/shared",
                        "GitRepository/apps/git-5",
                        "ArtifactGenerator/apps/gen-5",
                        "ExternalArtifact/apps/artifact-5",
                        "Kustomization/apps/ks-5");
        assertThat(boxes(GraphView.of(built, focus("GitRepository/apps/shared"))))
                .contains("GitRepository/apps/shared", "71 generators of ", "71 artifacts of ")
                .hasSize(91);
        assertThat(boxes(GraphView.of(built, focus("GitRepository/apps/none")))).isEmpty();
    }

    @Test
    void endsInACycle() {
        Graph.Builder graph = new Graph.Builder();
        int generator = add(graph, Column.GENERATOR, "gen", State.STALLED);
        int artifact = add(graph, Column.ARTIFACT, "out", State.READY);
        graph.edge(generator, artifact);
        graph.edge(artifact, generator);

        GraphView view = GraphView.of(graph.build(), focus("ExternalArtifact/apps/out"));

        assertThat(boxes(view)).hasSize(2);
        assertThat(new GraphLayout().of(shape(view)).paths()).hasSize(2);
    }

    @Test
    void placesBoxesInLayersWithoutOverlap() {
        GraphView view = GraphView.of(chains(10, "apps"), ALL);
        GraphLayout layout = new GraphLayout();

        GraphLayout.Drawing drawing = layout.of(shape(view));

        Set<Integer> layers =
                drawing.corners().stream().map(GraphLayout.Point::x).collect(Collectors.toSet());
        assertThat(layers).hasSize(4);
        for (int i = 0; i < drawing.corners().size(); i++) {
            for (int j = 0; j < i; j++) {
                GraphLayout.Point one = drawing.corners().get(i);
                GraphLayout.Point other = drawing.corners().get(j);
                assertThat(Math.abs(one.x() - other.x()) >= GraphLayout.BOX_WIDTH
                                || Math.abs(one.y() - other.y()) >= GraphLayout.BOX_HEIGHT)
                        .isTrue();
            }
        }
        assertThat(layout.of(shape(view))).isSameAs(drawing);
    }

    private static GraphLayout.Shape shape(GraphView view) {
        return new GraphLayout.Shape(
                view.groups().keys().size(), List.copyOf(view.groups().lines()));
    }

    private static GraphFilter focus(String id) {
        return new GraphFilter(id, "", "", 1);
    }

    private static Graph chains(int count, String namespace) {
        Graph.Builder graph = new Graph.Builder();
        for (int i = 0; i < count; i++) {
            chain(graph, i, namespace, State.READY);
        }
        return graph.build();
    }

    /** Returns the number of the generator. */
    private static int chain(Graph.Builder graph, int i, String namespace, State state) {
        int source = add(graph, Column.SOURCE, namespace, "git-" + i, State.READY);
        int generator = add(graph, Column.GENERATOR, namespace, "gen-" + i, state);
        int artifact = add(graph, Column.ARTIFACT, namespace, "artifact-" + i, State.READY);
        int consumer = add(graph, Column.CONSUMER, namespace, "ks-" + i, State.READY);
        graph.edge(source, generator);
        graph.edge(generator, artifact);
        graph.edge(artifact, consumer);
        return generator;
    }

    private static int add(Graph.Builder graph, Column column, String name, State state) {
        return add(graph, column, "apps", name, state);
    }

    private static int add(Graph.Builder graph, Column column, String namespace, String name, State state) {
        String what = switch (column) {
            case SOURCE -> "GitRepository";
            case GENERATOR -> "ArtifactGenerator";
            case ARTIFACT -> "ExternalArtifact";
            case CONSUMER -> "Kustomization";
        };
        return graph.add(new GraphNode(column, what, new ObjectKey(namespace, name), state, ""));
    }

    /** The ID of the only node, or how many nodes share the box. */
    private static List<String> boxes(GraphView view) {
        GraphGroups groups = view.groups();
        return IntStream.range(0, groups.keys().size())
                .mapToObj(group -> groups.members().get(group).size() == 1
                        ? groups.graph()
                                .node(groups.members().get(group).get(0))
                                .id()
                        : groups.keys()
                                        .get(group)
                                        .column()
                                        .counted(groups.members().get(group).size()) + " of "
                                + groups.keys().get(group).of())
                .toList();
    }
}
