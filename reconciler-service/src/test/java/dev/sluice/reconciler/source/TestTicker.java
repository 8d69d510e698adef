package dev.sluice.reconciler.source;

import dev.sluice.controller.queue.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** A clock that the test controls; starts near the overflow. Waits are real. */
final class TestTicker implements Ticker {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

    void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller has the loop
    public long await(Condition condition, long nanos) throws InterruptedException {
        return condition.awaitNanos(nanos);
    }
}
