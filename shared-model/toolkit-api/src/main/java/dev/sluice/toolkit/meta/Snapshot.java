package dev.sluice.toolkit.meta;

import java.time.Instant;
import java.util.Map;

/** A reconciled state, identified by a digest of the source and the spec, and how often it was reconciled. */
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
