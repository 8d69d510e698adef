package dev.sluice.controller.informer;

import dev.sluice.controller.queue.BackOff;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.queue.Ticker;
import java.time.Duration;

/**
 * The back-off of one informer: delays grow with each failed attempt and each watch that ends as soon as it begins.
 * Confined to one thread.
 */
final class ListBackOff {

    /** Without a delay, the client would reopen a watch that ends at once 20 times a second. */
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

    /** Returns the delay before the next request. */
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

    /** Records that a watch has opened; its duration decides on the next delay. */
    void watchOpened() {
        opened = true;
        openedAt = ticker.nanos();
    }

    void failed() {
        failed = true;
    }

    /** Returns the number of consecutive failures. */
    int failures() {
        return backOff.failures(this);
    }
}
