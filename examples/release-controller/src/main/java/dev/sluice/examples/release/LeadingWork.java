package dev.sluice.examples.release;

import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.queue.Controller;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What only a leader does: verify what is stored, then serve and reconcile. The verification may take longer than a
 * lease lasts, so it has a thread of its own.
 */
final class LeadingWork implements Leadership, BooleanSupplier {

    /** The verification of what is stored. */
    interface Preparation {
        void run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeadingWork.class);

    private final Preparation preparation;
    private final Controller<ObjectKey> controller;
    private final Runnable onFailure;
    private volatile boolean serving;
    private volatile @Nullable Thread starting;

    /** @param onFailure when the lease is lost or nothing can be prepared: the process is to end */
    LeadingWork(Preparation preparation, Controller<ObjectKey> controller, Runnable onFailure) {
        this.preparation = preparation;
        this.controller = controller;
        this.onFailure = onFailure;
    }

    /** Whether artifacts may be served: this process leads, and what is stored was verified. */
    @Override
    public boolean getAsBoolean() {
        return serving;
    }

    // region leading
    @Override
    public void begin() {
        Thread thread = new Thread(this::prepareAndWork, "start-up");
        starting = thread;
        thread.start();
    }

    private void prepareAndWork() {
        try {
            preparation.run();
            if (!Thread.currentThread().isInterrupted()) {
                serving = true;
                controller.resume();
            }
        } catch (IOException | RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("error", e.getMessage()).log("Cannot start");
            onFailure.run();
        }
    }

    @Override
    public boolean end(Duration limit) {
        serving = false;
        return hasStarted(limit) && controller.pause(limit);
    }
    // endregion

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
        serving = false;
        return !thread.isAlive();
    }

    @Override
    public void lost() {
        onFailure.run();
    }
}
