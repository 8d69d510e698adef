package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Interrupts runs that take too long, each once: what the run still does to report its failure is left alone. */
final class Watchdog {

    private final Duration timeout;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<Run, Future<?>> runs = new ConcurrentHashMap<>();

    Watchdog(String name, Duration timeout) {
        this.timeout = timeout;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name + "-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** A run of the current thread. */
    Run begin() {
        Run run = new Run();
        runs.put(run, timer.schedule(() -> run.interrupt(Run.End.TIMED_OUT), timeout.toNanos(), TimeUnit.NANOSECONDS));
        return run;
    }

    Run.End end(Run run) {
        Future<?> alarm = runs.remove(run);
        if (alarm != null) {
            alarm.cancel(false);
        }
        return run.finish();
    }

    void abandonAll() {
        runs.keySet().forEach(run -> run.interrupt(Run.End.ABANDONED));
    }

    /** No more alarms. */
    void close() {
        timer.shutdownNow();
    }
}
