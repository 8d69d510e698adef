package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** Time that stands still until it is told to move on. Starts near the wrap-around, which no user may notice. */
final class FakeTicker implements Ticker {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    public long await(Condition condition, long nanos) throws InterruptedException {
        condition.await(1, TimeUnit.MILLISECONDS);
        return nanos;
    }
}
