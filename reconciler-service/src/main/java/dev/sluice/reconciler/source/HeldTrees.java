package dev.sluice.reconciler.source;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Leases of trees that were fetched for a generator whose next run has not started. They prevent an eviction before the
 * first use, for at most 30 seconds. Thread-safe.
 */
final class HeldTrees {

    static final Duration MAX_HOLD = Duration.ofSeconds(30);

    private final Map<ObjectKey, List<Held>> held = new HashMap<>();
    private final Ticker ticker;

    HeldTrees(Ticker ticker) {
        this.ticker = ticker;
    }

    void hold(ObjectKey generator, Runnable release) {
        synchronized (held) {
            held.computeIfAbsent(generator, added -> new ArrayList<>()).add(new Held(release, ticker.nanos()));
        }
    }

    /** Releases the leases held for this generator. */
    void release(ObjectKey generator) {
        List<Held> released;
        synchronized (held) {
            released = held.remove(generator);
        }
        if (released != null) {
            released.forEach(each -> each.release().run());
        }
    }

    void sweep() {
        List<Held> over = new ArrayList<>();
        synchronized (held) {
            for (Iterator<List<Held>> all = held.values().iterator(); all.hasNext(); ) {
                List<Held> each = all.next();
                each.removeIf(one -> isOver(one) && over.add(one));
                if (each.isEmpty()) {
                    all.remove();
                }
            }
        }
        over.forEach(each -> each.release().run());
    }

    private boolean isOver(Held each) {
        return ticker.nanos() - each.sinceNanos() > MAX_HOLD.toNanos();
    }

    void releaseAll() {
        List<ObjectKey> all;
        synchronized (held) {
            all = List.copyOf(held.keySet());
        }
        all.forEach(this::release);
    }

    private record Held(Runnable release, long sinceNanos) {}
}
