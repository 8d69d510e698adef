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
 * The work of the leader: verifies the stored artifacts, then serves and reconciles. Verification runs in its own
 * thread, because it can take longer than a lease.
 */
final class LeadingWork implements Leadership, BooleanSupplier {

    /** Verifies the stored artifacts. */
    interface Preparation {
        void run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeadingWork.class);

    private final Preparation preparation;
    private final Controller<ObjectKey> controller;
    private final Runnable onFailure;
    private volatile boolean serving;
    private volatile @Nullable Thread starting;

    /** @param onFailure called when the lease is lost or the preparation fails; ends the process */
    LeadingWork(Preparation preparation, Controller<ObjectKey> controller, Runnable onFailure) {
        this.preparation = preparation;
        this.controller = controller;
        this.onFailure = onFailure;
    }

    /** Whether artifacts can be served: this process leads and has verified the stored artifacts. */
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
