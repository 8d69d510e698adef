package dev.sluice.reconciler.budget;

import dev.sluice.toolkit.meta.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one generator has of a pool: its run's share and that of the fetches in its name. Guarded by the pool's lock. */
final class GeneratorUsage {

    final ObjectKey key;

    /** Own shares; what is kept for others is among the pins instead. */
    final Set<BudgetShare> shares = new HashSet<>();

    final Map<BudgetShare, Integer> pins = new HashMap<>();

    /** Own shares and pinned ones. */
    long total;

    int users;

    /** Whether it has been told to wait: then its place in the line outlives this run. */
    boolean waits;

    GeneratorUsage(ObjectKey key) {
        this.key = key;
    }

    String namespace() {
        return key.namespace();
    }

    /** Own shares that are not in the lane. */
    long sharedBytes() {
        return shares.stream()
                .filter(share -> !share.inLane)
                .mapToLong(share -> share.bytes)
                .sum();
    }
}
