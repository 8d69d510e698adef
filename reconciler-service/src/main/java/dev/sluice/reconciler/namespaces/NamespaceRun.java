package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.Supplier;

/**
 * The namespaces of one run: each wanted one is reconciled before the first of its artifacts is published, and those
 * that are not wanted any more are pruned at the end. For the thread of the run.
 */
public interface NamespaceRun {

    /** A run that leaves all namespaces as they are, and those in the inventory there. */
    static NamespaceRun unmanaged(ArtifactGenerator generator) {
        return new UnmanagedNamespaceRun(generator);
    }

    /**
     * Reconciles the namespace of an artifact, unless this run has done so. Does nothing if it is not managed.
     *
     * @param built the tree of the artifact, before the default filter
     * @throws NamespaceFailure if the artifact must not be published, because its namespace could not be reconciled
     */
    void reconcile(PlannedArtifact artifact, Supplier<FileTree> built) throws NamespaceFailure, IOException;

    /** Prunes the namespaces that are not wanted any more, and returns the results of the run. */
    NamespaceResults finish() throws InterruptedIOException;
}
