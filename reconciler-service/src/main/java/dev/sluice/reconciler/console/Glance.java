package dev.sluice.reconciler.console;

import dev.sluice.reconciler.source.SourceCacheStats;
import dev.sluice.reconciler.volume.VolumeStats;
import dev.sluice.toolkit.meta.ObjectKey;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Facts about this replica.
 *
 * @param elects whether replicas elect a leader
 * @param leads whether this replica may write
 * @param lease the Lease of the leader; not read unless replicas elect one
 * @param storage the directory of the volume
 */
public record Glance(
        boolean elects,
        BooleanSupplier leads,
        ObjectKey lease,
        SourceCacheStats cache,
        Supplier<VolumeStats> volume,
        Path storage) {

    String role() {
        if (!elects) {
            return "the only replica";
        }
        return leads.getAsBoolean() ? "this replica leads" : "this replica is a standby";
    }
}
