package dev.sluice.toolkit.meta;

import java.time.Instant;
import java.util.Map;

/**
 * A reconciled state, identified by a digest of the source and the spec, and how often it was reconciled.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param digest the checksum of the state, in the format {@code <algo>:<checksum>}
 * @param firstReconciled when this state was reconciled for the first time
 * @param lastReconciled when this state was reconciled for the last time
 * @param lastReconciledDuration time that the last reconciliation took, as a Go duration
 * @param lastReconciledStatus the reason of the condition Ready after the last reconciliation
 * @param totalReconciliations how often this state was reconciled
 * @param metadata additional information, such as the revision
 */
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
