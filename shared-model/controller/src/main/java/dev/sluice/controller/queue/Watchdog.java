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
 * Interrupts runs that take too long or have to give way, each once: what the run still does to report its failure is
 * left alone.
 */
final class Watchdog<K> {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Duration timeout;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<K, Watched> runs = new ConcurrentHashMap<>();

    private record Watched(Run run, Future<?> alarm) {}

    Watchdog(String name, Duration timeout) {
        this.timeout = timeout;
        this.timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name + "-watchdog"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Asks every second which run has to give way. */
    void watch(Supplier<Optional<K>> toGiveWay) {
        Future<?> unused = timer.scheduleWithFixedDelay(
                () -> giveWay(toGiveWay), LOOK.toNanos(), LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A run of the current thread. */
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

    /** An exception would end the looking. */
    private void giveWay(Supplier<Optional<K>> toGiveWay) {
        try {
            toGiveWay.get().map(runs::get).ifPresent(watched -> watched.run().interrupt(Run.End.GAVE_WAY));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Cannot tell which run has to give way");
        }
    }

    /** No more alarms. */
    void close() {
        timer.shutdownNow();
    }
}
