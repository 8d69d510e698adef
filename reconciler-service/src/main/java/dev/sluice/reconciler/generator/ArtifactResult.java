package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import org.jspecify.annotations.Nullable;

/** Result of one planned artifact; artifacts are independent of each other. */
sealed interface ArtifactResult {

    /**
     * The artifact is published.
     *
     * @param change what changed; null if the artifact was already published
     */
    record Published(ArtifactInventoryEntry entry, Changes.@Nullable Change change) implements ArtifactResult {}

    /**
     * The artifact could not be built or published; its previous state is unchanged.
     *
     * @param reason BuildFailed or ReconciliationFailed
     * @param isFinal whether a retry would fail again, because the artifact exceeds a limit
     */
    record Failed(String name, String reason, String message, boolean isFinal) implements ArtifactResult {

        Failed(String name, String reason, String message) {
            this(name, reason, message, false);
        }
    }
}
