package dev.sluice.reconciler.console;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A value that is read on demand, and at most once in an interval. While one thread reads it, others get the last one.
 * Thread-safe.
 */
final class Recent<T> {

    private final Supplier<T> reader;
    private final Duration maxAge;
    private final LongSupplier nanos;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile T last;
    private volatile long expires;

    /** @param first the value before the first reading has ended */
    Recent(T first, Supplier<T> reader, Duration maxAge, LongSupplier nanos) {
        this.last = first;
        this.reader = reader;
        this.maxAge = maxAge;
        this.nanos = nanos;
        this.expires = nanos.getAsLong();
    }

    T get() {
        if (isOutdated() && reading.tryLock()) {
            try {
                if (isOutdated()) {
                    last = reader.get();
                    expires = nanos.getAsLong() + maxAge.toNanos();
                }
            } finally {
                reading.unlock();
            }
        }
        return last;
    }

    private boolean isOutdated() {
        return nanos.getAsLong() - expires >= 0;
    }
}
