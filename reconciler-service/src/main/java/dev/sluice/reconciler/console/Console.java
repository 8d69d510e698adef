package dev.sluice.reconciler.console;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.history.RunHistory;
import dev.sluice.reconciler.source.SourceCache;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Assembles the console. */
public final class Console {

    private Console() {}

    /**
     * What the console reads.
     *
     * @param requests for objects that are not in caches
     * @param namespace the only namespace that the reconciler watches; empty for all
     * @param history the runs of this replica
     * @param scratch an existing directory for temporary files
     * @param noCrossNamespaceRefs whether generators may not use sources of other namespaces
     */
    public record Parts(
            GeneratorInformers informers,
            ApiRequests requests,
            String namespace,
            RunHistory history,
            ArtifactStorage storage,
            SourceCache sources,
            ProcessBudget budget,
            Path scratch,
            boolean noCrossNamespaceRefs,
            Glance glance,
            Clock clock) {}

    /** Returns the server, which serves between its start and its stop. */
    public static ConsoleServer assemble(Parts parts, ConsoleOptions options) {
        ItemReader snapshots =
                new ItemReader(parts.informers(), options.namespaces(), parts.history(), System::nanoTime);
        LiveUpdates live = new LiveUpdates(() -> snapshots.read().version());
        PageResponses responses = new PageResponses(snapshots, options.namespaces(), parts.glance());
        StoredRevisions stored = new StoredRevisions(parts.storage());
        ArtifactPages artifacts = new ArtifactPages(parts.informers(), stored, options);
        ConsoleRoutes routes = new ConsoleRoutes(
                snapshots,
                new GeneratorPages(parts.informers(), options, parts.history()),
                artifacts,
                new GraphPages(
                        new GraphReader(parts.informers(), options.namespaces()),
                        new ConsumerReader(parts.requests(), parts.namespace(), System::nanoTime)::read),
                live,
                parts.glance(),
                responses,
                parts.clock());
        Optional<ContentRoutes> contents = options.contents()
                ? Optional.of(contents(parts, options, artifacts, stored, responses))
                : Optional.empty();
        return new ConsoleServer(options, routes.all(contents), live);
    }

    private static ContentRoutes contents(
            Parts parts,
            ConsoleOptions options,
            ArtifactPages artifacts,
            StoredRevisions stored,
            PageResponses responses) {
        VisibleNamespaces namespaces = options.namespaces();
        ArchivePages archives = new ArchivePages(stored);
        CurrentSources.Opener sources = new CurrentSources.Opener(
                parts.informers(),
                parts.sources(),
                parts.budget(),
                parts.scratch(),
                parts.noCrossNamespaceRefs(),
                namespaces);
        return new ContentRoutes(
                artifacts,
                stored,
                archives,
                new ProvenancePages(parts.informers(), sources, namespaces),
                new PreviewPages(parts.informers(), sources, archives, namespaces),
                responses);
    }
}
