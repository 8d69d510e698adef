package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A run that leaves all namespaces as they are, and those in the inventory there. */
record UnmanagedNamespaceRun(ArtifactGenerator generator) implements NamespaceRun {

    @Override
    public void reconcile(PlannedArtifact artifact, Supplier<FileTree> built) {}

    @Override
    public NamespaceResults finish() {
        return new NamespaceResults(
                ManagedInventory.of(generator), List.of(), List.of(), List.of(), List.of(), Optional.empty());
    }
}
