package dev.sluice.reconciler.console;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.copy.ArtifactBuilder;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceLease;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The trees of the current sources of a generator, within the budget of a run, and a builder for them. Closing it
 * returns everything to the budget. Not thread-safe.
 */
final class CurrentSources implements AutoCloseable {

    /** How long to wait for a source that is not cached. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A name that no generator can have; the work of the console is charged to it. */
    private static final String ACCOUNT = "(console)";

    private final Map<String, Artifact> artifacts = new HashMap<>();
    private final Map<String, FileTree> trees = new HashMap<>();
    private final List<SourceLease> leases = new ArrayList<>();
    private final Opener opener;
    private final RunBudget run;
    private final SpoolFile generated;

    /**
     * Opens sources.
     *
     * @param scratch an existing directory for temporary files
     * @param noCrossNamespaceRefs whether generators may not use sources of other namespaces
     */
    record Opener(
            GeneratorInformers informers,
            SourceCache sources,
            ProcessBudget budget,
            Path scratch,
            boolean noCrossNamespaceRefs,
            VisibleNamespaces namespaces) {

        /** @throws UnexplainedException if a source cannot be used */
        CurrentSources open(ArtifactGenerator generator)
                throws IOException, InterruptedException, UnexplainedException {
            CurrentSources opened = new CurrentSources(this, generator);
            boolean complete = false;
            try {
                opened.lease(generator);
                complete = true;
                return opened;
            } finally {
                if (!complete) {
                    opened.close();
                }
            }
        }
    }

    private CurrentSources(Opener opener, ArtifactGenerator generator) throws IOException {
        this.opener = opener;
        this.run = opener.budget.open(new ObjectKey(generator.key().namespace(), ACCOUNT));
        this.generated = SpoolFile.create(opener.scratch.resolve(UUID.randomUUID() + ".run"));
        generated.unlink();
    }

    private void lease(ArtifactGenerator generator) throws IOException, InterruptedException, UnexplainedException {
        for (SourceReference reference : generator.spec().sources()) {
            SourceKey key = SourceKey.of(generator, reference);
            boolean isForeign = !key.namespace().equals(generator.key().namespace());
            if (!opener.namespaces.includes(key.namespace()) || (isForeign && opener.noCrossNamespaceRefs)) {
                throw new UnexplainedException("The source @%s is in a namespace that is not shown or not allowed."
                        .formatted(reference.alias()));
            }
            Artifact artifact = artifact(key);
            SourceLease lease =
                    opener.sources.acquire(run, artifact.url(), Objects.requireNonNull(artifact.digest()), PATIENCE);
            leases.add(lease);
            artifacts.put(reference.alias(), artifact);
            trees.put(reference.alias(), lease.tree());
        }
    }

    private Artifact artifact(SourceKey key) throws UnexplainedException {
        var informer = opener.informers.sourcesByKind().get(key.kind());
        @Nullable
        Source<?, ?> source = informer == null
                ? null
                : informer.getIndexer().getByKey(key.objectKey().toString());
        if (source == null) {
            throw new UnexplainedException("get sources failed: source '%s' not found".formatted(key));
        }
        return source.artifact()
                .filter(artifact -> artifact.digest() != null)
                .orElseThrow(
                        () -> new UnexplainedException("get sources failed: source '%s' is not ready".formatted(key)));
    }

    /** The artifacts of the sources by alias. */
    Map<String, Artifact> artifacts() {
        return artifacts;
    }

    Map<String, FileTree> trees() {
        return trees;
    }

    RunBudget run() {
        return run;
    }

    /** Stores content until this is closed. */
    BlobStore blobs() {
        return generated;
    }

    ArtifactBuilder builder() {
        return new ArtifactBuilder(generated, this::tarball, run);
    }

    private FileTree tarball(FileEntry tarball) throws IOException {
        SourceLease lease = opener.sources.acquireTarball(run, tarball);
        leases.add(lease);
        return lease.tree();
    }

    @Override
    public void close() throws IOException {
        leases.forEach(SourceLease::close);
        try {
            generated.close();
        } finally {
            run.close();
        }
    }
}
