package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import org.jspecify.annotations.Nullable;

/** Result of one planned artifact; artifacts are independent of each other. */
sealed interface ArtifactResult {

    /**
     * The artifact is published.
     *
     * @param change what changed; null if the artifact was already published
     * @param takeover the handover of the object in this run, or null
     */
    record Published(
            ArtifactInventoryEntry entry,
            Changes.@Nullable Change change,
            @Nullable Takeover takeover) implements ArtifactResult {}

    /**
     * An object that an existing generator has handed over.
     *
     * @param former the former generator, as namespace/name
     */
    record Takeover(ExternalArtifact object, String former) {}

    /**
     * The artifact could not be built or published; its previous state is unchanged.
     *
     * @param reason BuildFailed, ReconciliationFailed or AccessDenied
     * @param isFinal whether a retry would fail again, because the artifact exceeds a limit or its publication is denied
     */
    record Failed(ObjectKey key, String reason, String message, boolean isFinal) implements ArtifactResult {

        Failed(ObjectKey key, String reason, String message) {
            this(key, reason, message, false);
        }
    }
}
