package dev.sluice.controller.informer;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets informers that wait for their next attempt continue at once when another informer has reached the API server
 * again. Otherwise, after a long outage, a change would wait up to the longest delay. Thread-safe.
 */
final class Recovery {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long count;

    /** Ends all waits. */
    void announce() {
        lock.lock();
        try {
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for this time, or until the next call of {@link #announce}. */
    void await(Duration delay) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long before = count;
            long left = delay.toNanos();
            while (left > 0 && count == before) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
