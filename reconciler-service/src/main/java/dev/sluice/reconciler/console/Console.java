package dev.sluice.reconciler.console;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.history.RunHistory;
import dev.sluice.reconciler.source.SourceCache;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Assembles the console. */
public final class Console {

    private Console() {}

    /**
     * What the console reads.
     *
     * @param requests for objects that are not in caches
     * @param history the runs of this replica
     * @param scratch an existing directory for temporary files
     * @param rules who may use and write objects in which namespaces
     */
    public record Parts(
            GeneratorInformers informers,
            ApiRequests requests,
            RunHistory history,
            ArtifactStorage storage,
            SourceCache sources,
            ProcessBudget budget,
            Path scratch,
            AccessRules rules,
            Glance glance,
            Clock clock) {}

    /** Returns the server, which serves between its start and its stop. */
    public static ConsoleServer assemble(Parts parts, ConsoleOptions options) {
        VisibleNamespaces namespaces = options.namespaces();
        LongSupplier nanos = System::nanoTime;
        StoredRevisions stored = new StoredRevisions(parts.storage());
        ArchivePages archives = new ArchivePages(stored, parts.scratch());
        FileCounts counts = new FileCounts(archives::count);
        ItemReader snapshots = new ItemReader(
                parts.informers(), namespaces, () -> parts.history().version() + counts.version(), nanos);
        LiveUpdates live = new LiveUpdates(() -> snapshots.read().version());
        PageResponses responses = new PageResponses(snapshots, namespaces, parts.glance());
        ArtifactPages artifacts = new ArtifactPages(parts.informers(), stored, options);
        ConsoleRoutes routes = new ConsoleRoutes(
                snapshots,
                pages(parts, options, artifacts, counts),
                live,
                new GlanceFacts(
                        parts.glance(),
                        new LeaderReader(parts.requests(), parts.glance().lease()),
                        nanos),
                responses,
                parts.clock());
        Optional<ContentRoutes> contents = options.contents()
                ? Optional.of(contents(parts, options, artifacts, stored, archives, responses))
                : Optional.empty();
        return new ConsoleServer(options, routes.all(contents), live, counts);
    }

    private static ConsoleRoutes.Pages pages(
            Parts parts, ConsoleOptions options, ArtifactPages artifacts, FileCounts counts) {
        LongSupplier nanos = System::nanoTime;
        EventReader events = new EventReader(parts.requests(), nanos);
        ConsumerReader consumers =
                new ConsumerReader(parts.requests(), parts.rules().watchedNamespace(), nanos);
        return new ConsoleRoutes.Pages(
                new GeneratorPages(parts.informers(), options, parts.history(), events::of),
                artifacts,
                new GraphPages(new GraphReader(parts.informers(), options.namespaces()), consumers::read),
                options.contents() ? item -> files(artifacts, counts, item) : item -> "");
    }

    private static String files(ArtifactPages artifacts, FileCounts counts, Item item) {
        return item.group() == Item.Group.ARTIFACTS
                ? artifacts.find(item.key()).map(counts::of).orElse("")
                : "";
    }

    private static ContentRoutes contents(
            Parts parts,
            ConsoleOptions options,
            ArtifactPages artifacts,
            StoredRevisions stored,
            ArchivePages archives,
            PageResponses responses) {
        VisibleNamespaces namespaces = options.namespaces();
        CurrentSources.Opener sources = new CurrentSources.Opener(
                parts.informers(),
                parts.sources(),
                parts.budget(),
                parts.scratch(),
                parts.rules().noCrossNamespaceRefs(),
                namespaces);
        return new ContentRoutes(
                artifacts,
                stored,
                archives,
                new ProvenancePages(parts.informers(), sources, namespaces),
                new PreviewPages(
                        parts.informers(),
                        sources,
                        archives,
                        PreviewChecks.over(parts.informers(), parts.requests(), parts.rules()),
                        namespaces),
                responses);
    }
}
