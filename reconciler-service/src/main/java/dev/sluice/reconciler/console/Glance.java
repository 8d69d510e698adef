package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.OverviewPage.Fact;
import dev.sluice.reconciler.source.SourceCacheStats;
import dev.sluice.reconciler.volume.VolumeStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Facts about this replica.
 *
 * @param elects whether replicas elect a leader
 * @param leads whether this replica may write
 */
public record Glance(boolean elects, BooleanSupplier leads, SourceCacheStats cache, Supplier<VolumeStats> volume) {

    String role() {
        if (!elects) {
            return "the only replica";
        }
        return leads.getAsBoolean() ? "this replica leads" : "this replica is a standby";
    }

    List<Fact> facts(Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Source cache", "%d sources, %s".formatted(cache.trees(), Units.size(cache.bytes()))));
        VolumeStats stats = volume.get();
        if (stats.lastVerification() != null) {
            facts.add(new Fact(
                    "Volume",
                    "verified %s ago, %d broken, %d repaired since this replica became leader"
                            .formatted(Units.age(stats.lastVerification(), now), stats.broken(), stats.repaired())));
        }
        return facts;
    }
}
