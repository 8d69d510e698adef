package dev.sluice.controller.informer;

import dev.sluice.controller.queue.BackOff;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.queue.Ticker;
import java.time.Duration;

/**
 * How long to wait before the next attempt. Attempts that fail, and watches that end as soon as they begin, are spaced
 * out further and further; the first retry comes soon. Used by one thread.
 */
final class ListBackOff {

    /** The client opens a watch that ends at once again and again, 20 times a second. */
    private static final Duration SHORT_WATCH = Duration.ofSeconds(1);

    private final BackOff<ListBackOff> backOff;
    private final Ticker ticker;
    private long openedAt;
    private boolean opened;
    private boolean failed;

    ListBackOff(BackOffOptions options, Ticker ticker) {
        this.backOff = new BackOff<>(options, Math::random);
        this.ticker = ticker;
    }

    /** What to wait before the next request. */
    Duration next() {
        boolean shortWatch = opened && ticker.nanos() - openedAt < SHORT_WATCH.toNanos();
        if (opened && !shortWatch) {
            backOff.reset(this);
        }
        opened = false;
        if (!failed && !shortWatch) {
            return Duration.ZERO;
        }
        failed = false;
        return backOff.next(this);
    }

    /** A watch is open: how long it lasts will tell. */
    void watchOpened() {
        opened = true;
        openedAt = ticker.nanos();
    }

    void failed() {
        failed = true;
    }

    /** How many attempts in a row have not lasted. */
    int failures() {
        return backOff.failures(this);
    }
}
