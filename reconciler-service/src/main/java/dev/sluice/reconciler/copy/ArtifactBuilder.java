package dev.sluice.reconciler.copy;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.glob.PatternSize;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies the copy operations of an output artifact to source trees, for one run. Only one tree is in use at a time:
 * starting the next one returns the heap of the previous one. Not thread-safe.
 */
public final class ArtifactBuilder {

    private final BlobStore blobs;
    private final TarballSource tarballs;
    private final RunBudget budget;
    private @Nullable BudgetedTree current;

    /**
     * @param blobs receives the content of merged files
     * @param tarballs opens the tarballs that operations extract
     * @param budget counts copied entries and provides heap
     */
    public ArtifactBuilder(BlobStore blobs, TarballSource tarballs, RunBudget budget) {
        this.blobs = blobs;
        this.tarballs = tarballs;
        this.budget = budget;
    }

    /**
     * Builds the tree to publish: the built tree after the default source-ignore filter, relative to the artifact's
     * root.
     *
     * @param published the published artifact; merged files with the same values keep its bytes
     * @throws IOException as {@link #build}, and if the content exceeds the limit of a run
     */
    public FileTree buildPublishable(
            OutputArtifact artifact, Map<String, FileTree> sourcesByAlias, PublishedFiles published)
            throws IOException {
        return publishable(make(artifact, sourcesByAlias, BuildListener.NONE), artifact, published);
    }

    /** Builds the tree to publish as {@link #buildPublishable} does, and records where its files come from. */
    public ExplainedTree explain(OutputArtifact artifact, Map<String, FileTree> sourcesByAlias) throws IOException {
        ProvenanceRecorder recorder = new ProvenanceRecorder(budget, describe(artifact));
        BudgetedTree target = make(artifact, sourcesByAlias, recorder);
        FileTree tree = publishable(target, artifact, PublishedFiles.NONE);
        try {
            return new ExplainedTree(tree, recorder.finish(artifact, target.build(), SourceIgnore.defaults()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private FileTree publishable(BudgetedTree target, OutputArtifact artifact, PublishedFiles published)
            throws IOException {
        try {
            FileTree tree = SourceIgnore.defaults().apply(target.build());
            if (new PublishedYaml(budget, describe(artifact)).restoreIn(target, tree, published)) {
                tree = SourceIgnore.defaults().apply(target.build());
            }
            budget.takeOutputBytes(describe(artifact), tree.totalSize());
            return tree;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Builds the tree of the copy operations, in their order, before the default filter.
     *
     * @throws BuildException with the copy operation that failed
     * @throws dev.sluice.reconciler.budget.LimitExceededException if the artifact exceeds a limit
     * @throws dev.sluice.reconciler.budget.BudgetWaitException if the process has no budget left now
     * @throws InterruptedIOException if the thread is interrupted
     */
    public FileTree build(OutputArtifact artifact, Map<String, FileTree> sourcesByAlias) throws IOException {
        return make(artifact, sourcesByAlias, BuildListener.NONE).build();
    }

    /**
     * Returns the tree of the last build, before the default filter.
     *
     * @throws IllegalStateException if nothing has been built
     */
    public FileTree lastBuilt() {
        if (current == null) {
            throw new IllegalStateException("no artifact was built");
        }
        return current.build();
    }

    private BudgetedTree make(OutputArtifact artifact, Map<String, FileTree> sourcesByAlias, BuildListener listener)
            throws IOException {
        if (current != null) {
            current.release();
        }
        BudgetedTree target = new BudgetedTree(budget, describe(artifact));
        current = target;
        ArtifactCopies copies =
                new ArtifactCopies(target, new YamlMerge(blobs, budget, describe(artifact)), tarballs, listener);
        List<CopyOperation> operations = artifact.copy();
        for (int i = 0; i < operations.size(); i++) {
            BudgetShare patterns = budget.takeHeap(describe(artifact), PatternSize.of(operations.get(i)));
            try {
                apply(i, operations.get(i), copies, sourcesByAlias);
            } finally {
                patterns.close();
            }
        }
        return target;
    }

    private static void apply(
            int index, CopyOperation operation, ArtifactCopies copies, Map<String, FileTree> sourcesByAlias)
            throws IOException {
        try {
            Interruption.check();
            copies.apply(index, CopyPlan.parse(operation), sourcesByAlias);
        } catch (LimitExceededException | BudgetWaitException | InterruptedIOException e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException e) {
            throw new BuildException(index, operation, e);
        }
    }

    private static String describe(OutputArtifact artifact) {
        return "artifact '%s'".formatted(artifact.name());
    }
}
