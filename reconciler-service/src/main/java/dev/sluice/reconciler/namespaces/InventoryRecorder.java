package dev.sluice.reconciler.namespaces;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Stores what a run is about to do in the status of its generator, before it does it. */
@FunctionalInterface
public interface InventoryRecorder {

    /**
     * Stores namespaces in addition to the inventory, so that a run that is interrupted does not leave namespaces that
     * nobody manages.
     *
     * @param added namespaces that are not in the inventory
     * @param objection why the run does not delete namespaces; empty if it does
     */
    void record(List<ArtifactInventoryEntry> added, Optional<String> objection) throws IOException;
}
