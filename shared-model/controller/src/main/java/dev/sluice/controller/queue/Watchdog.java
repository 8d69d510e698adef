package dev.sluice.controller.queue;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts runs that exceed their time limit or are preempted, each at most once, so that a run can still report its
 * failure.
 */
final class Watchdog<K> {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final Duration timeout;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<K, Watched> runs = new ConcurrentHashMap<>();

    private record Watched(Run run, Future<?> alarm) {}

    Watchdog(String name, Duration timeout) {
        this.timeout = timeout;
        this.timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name + "-watchdog"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Checks once a second whether a run is to be preempted. */
    void watch(Supplier<Optional<K>> toPreempt) {
        Future<?> unused = timer.scheduleWithFixedDelay(
                () -> preempt(toPreempt), CHECK_INTERVAL.toNanos(), CHECK_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Starts watching a run of the current thread. */
    Run begin(K key) {
        Run run = new Run();
        Future<?> alarm =
                timer.schedule(() -> run.interrupt(Run.End.TIMED_OUT), timeout.toNanos(), TimeUnit.NANOSECONDS);
        runs.put(key, new Watched(run, alarm));
        CurrentRun.set(run);
        return run;
    }

    Run.End end(K key, Run run) {
        Watched watched = runs.remove(key);
        if (watched != null) {
            watched.alarm().cancel(false);
        }
        CurrentRun.clear();
        return run.finish();
    }

    void abandonAll() {
        runs.values().forEach(watched -> watched.run().interrupt(Run.End.ABANDONED));
    }

    /** Catches exceptions, because one would cancel the schedule. */
    private void preempt(Supplier<Optional<K>> toPreempt) {
        try {
            toPreempt.get().map(runs::get).ifPresent(watched -> watched.run().interrupt(Run.End.PREEMPTED));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("cannot select a run to preempt");
        }
    }

    void close() {
        timer.shutdownNow();
    }
}
