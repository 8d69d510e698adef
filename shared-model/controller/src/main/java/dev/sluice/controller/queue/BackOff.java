package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off per key: the delay doubles with every failure up to a limit. Holds one small entry per key that
 * has failed since its last reset. Thread-safe.
 */
public final class BackOff<K> {

    private final BackOffOptions options;
    private final DoubleSupplier random;
    private final ConcurrentMap<K, Integer> failures = new ConcurrentHashMap<>();

    /**
     * Creates a back-off.
     *
     * @param random source of the jitter, from 0 to 1, for example {@code Math::random}
     */
    public BackOff(BackOffOptions options, DoubleSupplier random) {
        this.options = options;
        this.random = random;
    }

    /** Counts a failure of the key and returns the delay before the next attempt. */
    public Duration next(K key) {
        int before = failures.merge(key, 1, (count, one) -> Math.min(count, Integer.MAX_VALUE - 1) + one) - 1;
        Duration delay = exponential(before);
        return delay.minusNanos((long) (delay.toNanos() * options.jitter() * random.getAsDouble()));
    }

    /** Resets the key's failures. */
    public void reset(K key) {
        failures.remove(key);
    }

    /** Returns the number of failures since the last reset. */
    public int failures(K key) {
        return failures.getOrDefault(key, 0);
    }

    /** Compares with half the limit before doubling, to avoid an overflow. */
    private Duration exponential(int doublings) {
        Duration delay = options.min();
        for (int i = 0; i < doublings; i++) {
            if (delay.compareTo(options.max().dividedBy(2)) > 0) {
                return options.max();
            }
            delay = delay.multipliedBy(2);
        }
        return delay;
    }
}
