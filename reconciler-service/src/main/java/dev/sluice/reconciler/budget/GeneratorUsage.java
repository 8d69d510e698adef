package dev.sluice.reconciler.budget;

import dev.sluice.toolkit.meta.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Usage of a pool by one generator: its run and the fetches charged to it. Guarded by the pool's lock. */
final class GeneratorUsage {

    final ObjectKey key;

    /** Own shares; those moved to a cache are among the pins instead. */
    final Set<BudgetShare> shares = new HashSet<>();

    final Map<BudgetShare, Integer> pins = new HashMap<>();

    /** Bytes of the own and the pinned shares. */
    long total;

    int users;

    /** Whether it must wait; its place in the waiting line is then kept after this run. */
    boolean waits;

    GeneratorUsage(ObjectKey key) {
        this.key = key;
    }

    String namespace() {
        return key.namespace();
    }

    /** Bytes of the own shares outside of the lane. */
    long sharedBytes() {
        return shares.stream()
                .filter(share -> !share.inLane)
                .mapToLong(share -> share.bytes)
                .sum();
    }
}
