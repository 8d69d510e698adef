package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import org.jspecify.annotations.Nullable;

/** What became of one planned artifact; siblings do not depend on each other. */
sealed interface ArtifactResult {

    /**
     * It stands as it was asked for.
     *
     * @param change null when everything was as it should be already
     */
    record Published(ArtifactInventoryEntry entry, Changes.@Nullable Change change) implements ArtifactResult {}

    /**
     * It could not be built or published; what stood before still stands.
     *
     * @param reason BuildFailed or ReconciliationFailed
     */
    record Failed(String name, String reason, String message) implements ArtifactResult {}
}
