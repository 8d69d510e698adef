package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;

/** The part of a reconciliation that manages namespaces. */
public interface ManagedNamespaceStep {

    /** Condition of a generator whose obsolete namespaces are not deleted without a confirmation. */
    String PRUNE_BLOCKED = "NamespacePruneBlocked";

    /** Manages no namespaces, and leaves those in inventories as they are. */
    ManagedNamespaceStep NONE = new ManagedNamespaceStep() {

        @Override
        public void validate(ArtifactGenerator generator) throws TerminalException {
            if (generator.spec().managedNamespaces() != null) {
                throw new TerminalException(
                        GeneratorReasons.VALIDATION_FAILED,
                        "spec.managedNamespaces is not enabled in this cluster, so nothing is published; remove it, or ask"
                                + " an administrator to set the flag --manage-namespaces");
            }
        }

        @Override
        public NamespaceRun begin(
                ArtifactGenerator generator,
                List<PlannedArtifact> artifacts,
                NamespaceFiles files,
                InventoryRecorder recorder) {
            return NamespaceRun.unmanaged(generator);
        }

        @Override
        public NamespaceResults removeAll(ArtifactGenerator generator) {
            return NamespaceResults.NONE;
        }

        @Override
        public void forget(ArtifactGenerator generator) {}

        @Override
        public Optional<NamespaceDrift.Difference> drift(ArtifactGenerator generator) {
            return Optional.empty();
        }
    };

    /**
     * Validates {@code spec.managedNamespaces}.
     *
     * @throws TerminalException if it is invalid, or nobody authorizes the generator to manage namespaces
     */
    void validate(ArtifactGenerator generator) throws TerminalException;

    /**
     * Plans a run, and stores the plan in the generator's status before anything is done.
     *
     * @throws IOException if the API server does not answer
     */
    NamespaceRun begin(
            ArtifactGenerator generator,
            List<PlannedArtifact> artifacts,
            NamespaceFiles files,
            InventoryRecorder recorder)
            throws TerminalException, IOException;

    /** Prunes all namespaces of a generator that is being deleted. */
    NamespaceResults removeAll(ArtifactGenerator generator) throws InterruptedIOException;

    /** Forgets a generator that is gone. */
    void forget(ArtifactGenerator generator);

    /** Whether the namespaces of a generator differ from what it applied. */
    Optional<NamespaceDrift.Difference> drift(ArtifactGenerator generator);
}
