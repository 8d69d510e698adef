package dev.sluice.reconciler.offline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The difference between an artifact and its baseline.
 *
 * @param status status of the whole artifact
 * @param error the reason why it cannot be compared, or null
 */
record ArtifactDiff(
        String name,
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

    static ArtifactDiff failed(String name, String error) {
        return new ArtifactDiff(name, Status.FAILED, List.of(), error);
    }
}
