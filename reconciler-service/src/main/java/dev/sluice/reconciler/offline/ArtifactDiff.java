package dev.sluice.reconciler.offline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an artifact differs from what was there before.
 *
 * @param status of the artifact as a whole
 * @param error why it cannot be compared, or null
 */
record ArtifactDiff(
        String name,
        Status status,
        List<PathChange> changes,
        @Nullable String error) {

    /** What happened to an artifact. */
    enum Status {
        UNCHANGED,
        CHANGED,
        ADDED,
        REMOVED,
        FAILED
    }

    static ArtifactDiff failed(String name, String error) {
        return new ArtifactDiff(name, Status.FAILED, List.of(), error);
    }
}
