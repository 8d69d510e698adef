package dev.sluice.reconciler.generator;

import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.copy.ArtifactBuilder;
import dev.sluice.reconciler.copy.PublishedFiles;
import dev.sluice.reconciler.inputs.InputsFile;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceLease;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The source trees of a run by alias, and the builder for them. Everything stays readable until closed, extracted
 * tarballs included. For the thread of the run.
 */
final class SourceTrees implements AutoCloseable {

    private final Map<String, FileTree> trees = new HashMap<>();
    private final List<SourceLease> leases = new ArrayList<>();
    private final SourceCache cache;
    private final RunBlobs blobs;
    private final ArtifactBuilder builder;
    private final Stages stages;
    private final RunBudget budget;

    /**
     * @param budget budget of the run; closed with this object
     * @param scratch an existing directory for temporary files
     */
    SourceTrees(SourceCache cache, Stages stages, RunBudget budget, Path scratch) {
        this.cache = cache;
        this.budget = budget;
        this.stages = stages;
        this.blobs = new RunBlobs(scratch, budget);
        this.builder = new ArtifactBuilder(blobs, this::openTarball, budget);
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

    /** Stores content until the run ends. */
    BlobStore blobs() {
        return blobs;
    }

    /** Builds the tree to publish; see {@link ArtifactBuilder#buildPublishable}. */
    FileTree build(OutputArtifact artifact, PublishedFiles published) throws IOException {
        long begun = stages.begin();
        try {
            return builder.buildPublishable(artifact, byAlias(), published);
        } finally {
            stages.end(Stage.BUILD, begun, artifact.name());
        }
    }

    /** Reads the inputs of the artifact that was built last; see {@link InputsFile#read}. */
    Map<String, JsonValue> inputs(OutputArtifact artifact) throws IOException {
        return InputsFile.read(artifact, byAlias(), this::lastBuilt, budget);
    }

    /** The tree of the artifact that was built last, before the default filter. */
    FileTree lastBuilt() {
        return builder.lastBuilt();
    }

    private FileTree openTarball(FileEntry tarball) throws IOException {
        SourceLease lease = cache.acquireTarball(budget, tarball);
        leases.add(lease);
        return lease.tree();
    }

    @Override
    public void close() {
        leases.forEach(SourceLease::close);
        blobs.close();
        budget.close();
    }
}
