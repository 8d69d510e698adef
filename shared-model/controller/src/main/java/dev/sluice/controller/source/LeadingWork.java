package dev.sluice.controller.source;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.controller.informer.UnreadableObjectReporter;
import dev.sluice.controller.leader.Leadership;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the leader: verifies the stored artifacts, then serves and reconciles. Verification runs in its own
 * thread, because it can take longer than a lease.
 */
final class LeadingWork implements Leadership, BooleanSupplier {

    /** Verifies the stored artifacts. */
    interface Preparation {
        void run() throws IOException;

        /** Runs one after the other. */
        static Preparation all(List<Preparation> steps) {
            return () -> {
                for (Preparation step : steps) {
                    step.run();
                }
            };
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeadingWork.class);

    private final Preparation preparation;
    private final Controllers controllers;
    private final UnreadableObjectReporter reporter;
    private final Runnable onFailure;
    private volatile boolean working;
    private volatile boolean ending;
    private volatile @Nullable Thread starting;

    /** @param onFailure called when the lease is lost or the preparation fails; ends the process */
    LeadingWork(
            Preparation preparation, Controllers controllers, UnreadableObjectReporter reporter, Runnable onFailure) {
        this.preparation = preparation;
        this.controllers = controllers;
        this.reporter = reporter;
        this.onFailure = onFailure;
    }

    /** Whether this process leads and has verified the stored artifacts. */
    @Override
    public boolean getAsBoolean() {
        return working;
    }

    @Override
    public void begin() {
        ending = false;
        Thread thread = DaemonThreads.create("start-up", this::prepareAndWork);
        starting = thread;
        thread.start();
    }

    private void prepareAndWork() {
        try {
            preparation.run();
            if (!Thread.currentThread().isInterrupted()) {
                working = true;
                controllers.resume();
                reporter.start();
            }
        } catch (IOException | RuntimeException e) {
            if (ending) {
                // interrupted on purpose
                LOG.atDebug().addKeyValue("error", e.getMessage()).log("start-up ended early");
                return;
            }
            fail(e, String.valueOf(e.getMessage()));
        } catch (Error e) {
            // a leader that does nothing must not keep the lease
            fail(e, e.toString());
        }
    }

    private void fail(Throwable failure, String error) {
        try {
            StartReport.cannotStart(LOG, failure, error);
        } finally {
            onFailure.run();
        }
    }

    @Override
    public boolean end(Duration limit) {
        ending = true;
        working = false;
        boolean hasStarted = hasStarted(limit);
        reporter.close();
        return hasStarted && controllers.pause(limit);
    }

    private boolean hasStarted(Duration limit) {
        Thread thread = starting;
        if (thread == null || thread == Thread.currentThread()) {
            return true;
        }
        thread.interrupt();
        try {
            thread.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        working = false;
        return !thread.isAlive();
    }

    @Override
    public void lost() {
        onFailure.run();
    }
}
