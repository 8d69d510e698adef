package dev.sluice.reconciler.generator;

import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.build.ArtifactBuilder;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceLease;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trees of a generator's sources by alias, and the builder over them. Everything stays readable until closed, the
 * tarballs that the builder extracts included. For the one thread of a run.
 */
final class SourceTrees implements AutoCloseable {

    private final Map<String, FileTree> trees = new HashMap<>();
    private final List<SourceLease> leases = new ArrayList<>();
    private final SourceCache cache;
    private final ArtifactBuilder builder;
    private final Stages stages;
    private final RunBudget budget;

    /** @param budget of the run, which ends with this */
    SourceTrees(SourceCache cache, Stages stages, RunBudget budget) {
        this.cache = cache;
        this.budget = budget;
        this.stages = stages;
        this.builder = new ArtifactBuilder(new MemoryBlobs(), this::openTarball);
    }

    RunBudget budget() {
        return budget;
    }

    void add(String alias, SourceLease lease) {
        leases.add(lease);
        trees.put(alias, lease.tree());
    }

    Map<String, FileTree> byAlias() {
        return Map.copyOf(trees);
    }

    /** The tree to publish, see {@link ArtifactBuilder#buildPublishable}. */
    FileTree build(OutputArtifact artifact) throws IOException {
        long begun = stages.begin();
        try {
            return builder.buildPublishable(artifact, byAlias());
        } finally {
            stages.end(Stage.BUILD, begun, artifact.name());
        }
    }

    private FileTree openTarball(FileEntry tarball) throws IOException {
        SourceLease lease = cache.acquireTarball(budget, tarball);
        leases.add(lease);
        return lease.tree();
    }

    @Override
    public void close() {
        leases.forEach(SourceLease::close);
        budget.close();
    }

    /** Merged files are small (10 MiB at most) and live as long as their artifact is in the making. */
    private static final class MemoryBlobs implements BlobStore {

        @Override
        public Blob store(InputStream content) throws IOException {
            return store(content.readAllBytes());
        }

        @Override
        public Blob store(byte[] content) {
            return Blob.of(content);
        }
    }
}
