package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** A clock that tests advance. Starts just before its wrap-around, which must not matter to any user. */
public final class FakeTicker implements Ticker {

    private final Map<Thread, Long> waits = new ConcurrentHashMap<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

    public void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Advances the clock, and waits until every thread that waits on this ticker has reacted and waits again. */
    public void advanceAndSettle(Duration time) {
        advance(time);
        Map<Thread, Long> before = Map.copyOf(waits);
        // twice: a thread may have read the old time just before it began to wait
        org.awaitility.Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> before.entrySet().stream()
                        .allMatch(e -> !e.getKey().isAlive() || waitsOf(e.getKey()) >= e.getValue() + 2));
    }

    private long waitsOf(Thread thread) {
        return waits.getOrDefault(thread, 0L);
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    public long await(Condition condition, long nanos) throws InterruptedException {
        waits.merge(Thread.currentThread(), 1L, Long::sum);
        condition.await(1, TimeUnit.MILLISECONDS);
        return nanos;
    }
}
