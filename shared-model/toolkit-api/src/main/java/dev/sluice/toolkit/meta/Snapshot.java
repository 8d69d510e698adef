package dev.sluice.toolkit.meta;

import java.time.Instant;
import java.util.Map;

/** One state that was reconciled, and how often; a digest of the source and the spec tells it from others. */
public record Snapshot(
        String digest,
        Instant firstReconciled,
        Instant lastReconciled,
        FluxDuration lastReconciledDuration,
        String lastReconciledStatus,
        Long totalReconciliations,
        Map<String, String> metadata) {

    public Snapshot {
        Required.field(digest, "Snapshot", "digest");
        Required.field(firstReconciled, "Snapshot", "firstReconciled");
        Required.field(lastReconciled, "Snapshot", "lastReconciled");
        Required.field(lastReconciledDuration, "Snapshot", "lastReconciledDuration");
        Required.field(lastReconciledStatus, "Snapshot", "lastReconciledStatus");
        Required.field(totalReconciliations, "Snapshot", "totalReconciliations");
        metadata = Immutable.map(metadata);
    }
}
