package dev.sluice.reconciler.publish;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.util.List;
import java.util.Optional;

/** Looks whether the files of an inventory are there and whole. */
interface StoredFileCheck {

    /** The first reason to build, if any. */
    Optional<DriftReason> check(List<ArtifactInventoryEntry> inventory);
}
