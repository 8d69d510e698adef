package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The loop of a worker thread: takes a key, runs the reconciler and completes the run, until the queue is shut down.
 */
record Worker<K>(
        WorkQueue<K> queue,
        Reconciler<K> reconciler,
        Watchdog<K> watchdog,
        RunCompletion<K> completion,
        StartGate gate,
        Ticker ticker)
        implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration RETRY_AFTER_LOST_COMPLETION = Duration.ofSeconds(30);

    @Override
    public void run() {
        boolean more = true;
        while (more) {
            try {
                more = gate.await() && processNext();
            } catch (InterruptedException e) {
                // only runs are interrupted on purpose; a worker ends when the queue is shut down
                LOG.atDebug().log("worker interrupted between runs");
            } catch (Throwable t) {
                LOG.atError().setCause(t).log("worker failed between runs; continuing");
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private boolean processNext() throws InterruptedException {
        Optional<K> taken = queue.take();
        if (taken.isEmpty()) {
            return false;
        }
        K key = taken.get();
        try {
            reconcile(key);
        } catch (Throwable t) {
            // exceptions of the run are caught, so its completion failed, probably out of memory; do not lose the key
            queue.addAfter(key, RETRY_AFTER_LOST_COMPLETION);
            throw t;
        } finally {
            queue.done(key);
        }
        return true;
    }

    private void reconcile(K key) {
        RunId run = RunId.begin();
        try {
            runAndComplete(key);
        } finally {
            run.end();
        }
    }

    private void runAndComplete(K key) {
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
        completion.complete(key, result, end, Duration.ofNanos(ticker.nanos() - start));
    }
}
