package dev.sluice.controller.queue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blocks the workers until the caches are filled, without a time limit; warns every 30 seconds while it waits. */
final class StartGate {

    private static final Logger LOG = LoggerFactory.getLogger(StartGate.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration REPORT = Duration.ofSeconds(30);

    private final String name;
    private final BooleanSupplier ready;
    private final CountDownLatch stopped;
    private volatile boolean open;

    StartGate(String name, BooleanSupplier ready, CountDownLatch stopped) {
        this.name = name;
        this.ready = ready;
        this.stopped = stopped;
    }

    /**
     * Waits until the gate opens; returns false if the controller stops first. One worker polls, the others wait for
     * the lock.
     */
    synchronized boolean await() throws InterruptedException {
        for (long polls = 1; !open; polls++) {
            open = ask();
            if (!open && stopped.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            if (!open && polls % REPORT.dividedBy(POLL) == 0) {
                LOG.atWarn().addKeyValue("controller", name).log("still waiting for the caches to sync");
            }
        }
        return true;
    }

    boolean isOpen() {
        return open;
    }

    private boolean ask() {
        try {
            return ready.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("controller", name)
                    .setCause(e)
                    .log("cannot determine whether the caches have synced");
            return false;
        }
    }
}
