package dev.sluice.runtime.memory;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Collects the whole heap of a process that has become idle, so that the JVM returns the memory that a start or a burst
 * of work has left. The serial collector does this only when its old generation is full. Requests wait during a
 * collection, so a busy process is never interrupted.
 */
final class IdleCollector implements AutoCloseable {

    /** Share of the interval that the process may work and still counts as idle. */
    private static final double IDLE_SHARE = 0.05;

    /** A collection that frees less is not worth its time. */
    private static final long MIN_GARBAGE_BYTES = 4L << 20;

    private final JvmMemory memory;
    private final Duration interval;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("idle-collector"));

    private long cpuNanos;

    IdleCollector(JvmMemory memory, Duration interval) {
        this.memory = memory;
        this.interval = interval;
        this.cpuNanos = memory.cpuNanos();
    }

    /** Checks once in each interval. */
    void start() {
        Future<?> unused = timer.scheduleWithFixedDelay(
                this::collectIfIdle, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    void collectIfIdle() {
        long now = memory.cpuNanos();
        long used = now - cpuNanos;
        cpuNanos = now;
        if (used < interval.toNanos() * IDLE_SHARE && memory.promotedBytes() >= MIN_GARBAGE_BYTES) {
            memory.collect();
            cpuNanos = memory.cpuNanos();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
