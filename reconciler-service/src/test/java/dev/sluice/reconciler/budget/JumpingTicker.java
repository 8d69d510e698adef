package dev.sluice.reconciler.budget;

import dev.sluice.controller.queue.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.Condition;

/** A clock whose waits return at once with their time elapsed; starts near the overflow. For tests with one thread. */
final class JumpingTicker implements Ticker {

    private long now = Long.MAX_VALUE - 1_000;
    private Runnable duringWait = () -> {};

    /** Sets what happens during each wait. */
    void duringWait(Runnable action) {
        duringWait = action;
    }

    void advance(Duration time) {
        now += time.toNanos();
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long await(Condition condition, long nanos) {
        now += nanos;
        duringWait.run();
        return 0;
    }
}
