package dev.sluice.controller.queue;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Catches and logs exceptions of a listener. */
record GuardedListener(ControllerListener delegate) implements ControllerListener {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    @Override
    public void added() {
        guard(delegate::added);
    }

    @Override
    public void taken(Duration waited) {
        guard(() -> delegate.taken(waited));
    }

    @Override
    public void retried() {
        guard(delegate::retried);
    }

    @Override
    public void finished(RunOutcome outcome, Duration took) {
        guard(() -> delegate.finished(outcome, took));
    }

    private static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("controller listener failed");
        }
    }
}
