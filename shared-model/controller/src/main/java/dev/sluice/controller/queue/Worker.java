package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What each worker thread does: take a key, run the reconciler, settle, and so on until the queue is shut down. */
record Worker<K>(
        WorkQueue<K> queue,
        Reconciler<K> reconciler,
        Watchdog<K> watchdog,
        RunCompletion<K> settlement,
        StartGate gate,
        Ticker ticker)
        implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration AFTER_LOST_SETTLEMENT = Duration.ofSeconds(30);

    @Override
    public void run() {
        boolean more = true;
        while (more) {
            try {
                more = gate.await() && workOff();
            } catch (InterruptedException e) {
                // only runs are interrupted on purpose; a worker ends when the queue is shut down
                LOG.atDebug().log("Worker interrupted between runs");
            } catch (Throwable t) {
                LOG.atError().setCause(t).log("Worker failed between runs, goes on");
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private boolean workOff() throws InterruptedException {
        Optional<K> taken = queue.take();
        if (taken.isEmpty()) {
            return false;
        }
        K key = taken.get();
        try {
            reconcile(key);
        } catch (Throwable t) {
            // the run was contained, so this is its settlement: out of memory, most likely. Never lose the key.
            queue.addAfter(key, AFTER_LOST_SETTLEMENT);
            throw t;
        } finally {
            queue.done(key);
        }
        return true;
    }

    private void reconcile(K key) {
        RunId run = RunId.begin();
        try {
            runAndSettle(key);
        } finally {
            run.end();
        }
    }

    private void runAndSettle(K key) {
        long start = ticker.nanos();
        Run run = watchdog.begin(key);
        Result result;
        try {
            reconciler.logFields(key).forEach(MDC::put);
            result = reconciler.reconcile(key);
        } catch (Throwable t) {
            result = Result.failed(t);
        }
        Run.End end = watchdog.end(key, run);
        settlement.settle(key, result, end, Duration.ofNanos(ticker.nanos() - start));
    }
}
