package dev.sluice.reconciler.publish;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.util.List;
import java.util.Optional;

/** Checks whether the files of an inventory exist and are intact. */
interface StoredFileCheck {

    /** Returns the first reason to build, if any. */
    Optional<DriftReason> check(List<ArtifactInventoryEntry> inventory);
}
