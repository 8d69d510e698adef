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
 * Applies the copy operations of an output artifact to source trees, for one run. Not thread-safe. Only one tree is in
 * the making or in use at a time: the heap that is taken for it is given back when the next one is begun.
 */
public final class ArtifactBuilder {

    private final BlobStore blobs;
    private final TarballSource tarballs;
    private final RunBudget budget;
    private @Nullable BudgetedTree current;

    /**
     * @param blobs takes the content of merged files
     * @param tarballs opens the tarballs that operations extract
     * @param budget counts what is copied, and what it takes
     */
    public ArtifactBuilder(BlobStore blobs, TarballSource tarballs, RunBudget budget) {
        this.blobs = blobs;
        this.tarballs = tarballs;
        this.budget = budget;
    }

    /**
     * What is to be published: the built tree after the default source-ignore filter, relative to the artifact's root.
     *
     * @param former what was published before: merged files that say the same keep its bytes
     * @throws IOException as {@link #build}, and if the artifact has more content than a run may write
     */
    public FileTree buildPublishable(
            OutputArtifact artifact, Map<String, FileTree> sourcesByAlias, PublishedFiles former) throws IOException {
        BudgetedTree making = make(artifact, sourcesByAlias);
        try {
            FileTree tree = SourceIgnore.defaults().apply(making.build());
            if (new PublishedYaml(budget, describe(artifact)).keepIn(making, tree, former)) {
                tree = SourceIgnore.defaults().apply(making.build());
            }
            budget.takeOutputBytes(describe(artifact), tree.totalSize());
            return tree;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The tree that the copy operations make, in their order, before the default filter.
     *
     * @throws BuildException naming the copy operation that cannot be carried out
     * @throws dev.sluice.reconciler.budget.LimitExceededException if the artifact is larger than any may be
     * @throws dev.sluice.reconciler.budget.BudgetWaitException if there is no room for it now
     * @throws InterruptedIOException if the thread is interrupted
     */
    public FileTree build(OutputArtifact artifact, Map<String, FileTree> sourcesByAlias) throws IOException {
        return make(artifact, sourcesByAlias).build();
    }

    private BudgetedTree make(OutputArtifact artifact, Map<String, FileTree> sourcesByAlias) throws IOException {
        if (current != null) {
            current.release();
        }
        BudgetedTree making = new BudgetedTree(budget, describe(artifact));
        current = making;
        ArtifactCopies copies = new ArtifactCopies(making, new YamlMerge(blobs, budget, describe(artifact)), tarballs);
        List<CopyOperation> operations = artifact.copy();
        for (int i = 0; i < operations.size(); i++) {
            BudgetShare patterns = budget.takeHeap(describe(artifact), PatternSize.of(operations.get(i)));
            try {
                apply(i, operations.get(i), copies, sourcesByAlias);
            } finally {
                patterns.close();
            }
        }
        return making;
    }

    private static void apply(
            int index, CopyOperation operation, ArtifactCopies copies, Map<String, FileTree> sourcesByAlias)
            throws IOException {
        try {
            Interruption.check();
            copies.apply(CopyPlan.parse(operation), sourcesByAlias);
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
