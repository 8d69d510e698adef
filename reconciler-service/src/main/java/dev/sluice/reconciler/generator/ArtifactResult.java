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
     * @param isFinal whether it would fail again, since it needs more than it may ever have
     */
    record Failed(String name, String reason, String message, boolean isFinal) implements ArtifactResult {

        Failed(String name, String reason, String message) {
            this(name, reason, message, false);
        }
    }
}
