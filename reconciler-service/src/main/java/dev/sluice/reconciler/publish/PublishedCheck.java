package dev.sluice.reconciler.publish;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.util.List;
import java.util.Optional;

/** Checks whether the ExternalArtifacts in the cluster are unchanged since they were published. */
interface PublishedCheck {

    /** Returns the first reason to build, if any. */
    Optional<DriftReason> check(ArtifactGenerator generator, List<ArtifactInventoryEntry> inventory);
}
