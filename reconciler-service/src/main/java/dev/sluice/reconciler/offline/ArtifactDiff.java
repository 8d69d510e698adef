package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.difference.PathChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The difference between an artifact and its baseline.
 *
 * @param status status of the whole artifact
 * @param error the reason why it cannot be compared, or null
 */
record ArtifactDiff(
        ArtifactId id,
        Status status,
        List<PathChange> changes,
        @Nullable String error) {

    /** Status of an artifact. */
    enum Status {
        UNCHANGED,
        CHANGED,
        ADDED,
        REMOVED,
        FAILED
    }

    static ArtifactDiff failed(ArtifactId id, String error) {
        return new ArtifactDiff(id, Status.FAILED, List.of(), error);
    }
}
