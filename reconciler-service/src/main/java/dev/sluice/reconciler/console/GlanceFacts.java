package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.OverviewPage.Fact;
import dev.sluice.reconciler.source.SourceCacheStats;
import dev.sluice.reconciler.volume.VolumeStats;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The facts about this replica on the overview. Thread-safe. */
final class GlanceFacts {

    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private final Glance glance;
    private final Recent<String> leader;

    /** One thread at most waits for a volume that does not respond. */
    private final Recent<String> space;

    GlanceFacts(Glance glance, LeaderReader leader, LongSupplier nanos) {
        this.glance = glance;
        this.leader = new Recent<>("loading", leader::read, MAX_AGE, nanos);
        this.space = new Recent<>("loading", () -> space(glance.storage()), MAX_AGE, nanos);
    }

    List<Fact> facts(CachedItems items, Instant now) {
        List<Fact> facts = new ArrayList<>();
        if (glance.elects()) {
            facts.add(new Fact("Leader", leader.get()));
        }
        long bytes = items.artifacts().stream()
                .mapToLong(item -> Math.max(0, item.sizeBytes()))
                .sum();
        facts.add(new Fact(
                "Published", "%d artifacts, %s".formatted(items.artifacts().size(), Units.size(bytes))));
        facts.add(new Fact("Volume", space.get() + verification(glance.volume().get(), now)));
        SourceCacheStats cache = glance.cache();
        facts.add(new Fact(
                "Source cache",
                "%d sources, %s, %d hits, %d misses"
                        .formatted(cache.trees(), Units.size(cache.bytes()), cache.hits(), cache.misses())));
        return facts;
    }

    private static String space(Path storage) {
        try {
            FileStore store = Files.getFileStore(storage);
            return "%s of %s free".formatted(Units.size(store.getUsableSpace()), Units.size(store.getTotalSpace()));
        } catch (IOException e) {
            return "not readable";
        }
    }

    private static String verification(VolumeStats stats, Instant now) {
        return stats.lastVerification() == null
                ? ""
                : "; verified %s ago, %d broken, %d repaired since this replica became leader"
                        .formatted(Units.age(stats.lastVerification(), now), stats.broken(), stats.repaired());
    }
}
