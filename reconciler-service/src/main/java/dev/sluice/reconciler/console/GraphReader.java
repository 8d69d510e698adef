package dev.sluice.reconciler.console;

import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.console.ConsumerReader.Consumers;
import dev.sluice.reconciler.console.GraphNode.Column;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the graph, once for each version of the caches. Thread-safe. */
final class GraphReader {

    private static final String ARTIFACT = ExternalArtifact.TYPE.kind().kind();
    private static final String GENERATOR = ArtifactGenerator.TYPE.kind().kind();

    private final GeneratorInformers informers;
    private final VisibleNamespaces namespaces;
    private final SourceLookup sources;
    private SoftReference<Read> last = new SoftReference<>(null);

    GraphReader(GeneratorInformers informers, VisibleNamespaces namespaces) {
        this.informers = informers;
        this.namespaces = namespaces;
        this.sources = new SourceLookup(informers, namespaces);
    }

    private record Read(CachedItems items, Consumers consumers, Graph graph) {}

    @SuppressWarnings("ReferenceEquality") // thousands of objects are not compared
    synchronized Graph read(CachedItems items, Consumers consumers) {
        @Nullable Read known = last.get();
        if (known != null && known.items == items && known.consumers == consumers) {
            return known.graph;
        }
        Graph graph = build(items, consumers);
        last = new SoftReference<>(new Read(items, consumers, graph));
        return graph;
    }

    private Graph build(CachedItems items, Consumers consumers) {
        Graph.Builder graph = new Graph.Builder();
        items.generators().forEach(item -> graph.add(GraphNode.of(Column.GENERATOR, item)));
        items.artifacts().forEach(item -> graph.add(GraphNode.of(Column.ARTIFACT, item)));
        items.sources().forEach(item -> graph.add(GraphNode.of(Column.SOURCE, item)));
        Map<String, ArtifactGenerator> byUid = new HashMap<>();
        for (ArtifactGenerator generator : informers.generators().getIndexer().list()) {
            byUid.put(String.valueOf(generator.metadata().getUid()), generator);
            graph.number(GraphNode.id(GENERATOR, generator.key()))
                    .ifPresent(number -> connect(graph, generator, number));
        }
        for (ExternalArtifact artifact :
                informers.externalArtifacts().getIndexer().list()) {
            Ownership.generatorUid(artifact)
                    .map(byUid::get)
                    .filter(generator -> Ownership.isOwn(generator, artifact))
                    .ifPresent(owner -> connectOwner(graph, owner, artifact));
        }
        consumers.uses().forEach(use -> connect(graph, use));
        return graph.build();
    }

    private void connect(Graph.Builder graph, ArtifactGenerator generator, int number) {
        for (SourceReference reference : generator.spec().sources()) {
            SourceKey key = SourceKey.of(generator, reference);
            int source = graph.number(key.toString())
                    .orElseGet(() -> graph.add(GraphNode.of(Column.SOURCE, sources.find(key))));
            graph.edge(source, number);
        }
        for (ArtifactInventoryEntry entry : generator.publishedArtifacts()) {
            entry.artifactKey()
                    .filter(key -> namespaces.includes(key.namespace()))
                    .ifPresent(key -> graph.edge(number, artifact(graph, key)));
        }
    }

    /** An artifact in an inventory can be missing from the cache. */
    private static int artifact(Graph.Builder graph, ObjectKey key) {
        return graph.number(GraphNode.id(ARTIFACT, key))
                .orElseGet(() ->
                        graph.add(new GraphNode(Column.ARTIFACT, ARTIFACT, key, State.PENDING, "not in the cache")));
    }

    /** The inventory does not have an artifact before the end of the run that creates it. */
    private static void connectOwner(Graph.Builder graph, ArtifactGenerator owner, ExternalArtifact artifact) {
        graph.number(GraphNode.id(GENERATOR, owner.key()))
                .ifPresent(number -> graph.number(GraphNode.id(ARTIFACT, artifact.key()))
                        .ifPresent(published -> graph.edge(number, published)));
    }

    /** Consumers of sources that no generator has made are not shown. */
    private void connect(Graph.Builder graph, Consumer.Use use) {
        if (namespaces.includes(use.consumer().key().namespace())) {
            graph.number(GraphNode.id(ARTIFACT, use.artifact()))
                    .ifPresent(artifact -> graph.edge(artifact, graph.add(use.consumer())));
        }
    }
}
