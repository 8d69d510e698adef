package dev.sluice.controller.source;

import dev.sluice.controller.queue.Controller;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.List;

/** The controllers of a process, one for each kind. */
record Controllers(List<Controller<ObjectKey>> all) {

    Controllers {
        all = List.copyOf(all);
    }

    /** Starts the threads; nothing runs before {@link #resume}. */
    void startPaused() {
        all.forEach(controller -> {
            controller.pause(Duration.ZERO);
            controller.start();
        });
    }

    void resume() {
        all.forEach(Controller::resume);
    }

    /** Whether all runs ended within the limit. */
    boolean pause(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean idle = true;
        for (Controller<ObjectKey> controller : all) {
            idle &= controller.pause(remaining(deadline));
        }
        return idle;
    }

    void stop(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        all.forEach(controller -> controller.stop(remaining(deadline)));
    }

    boolean isWedged() {
        return all.stream().anyMatch(Controller::isWedged);
    }

    private static Duration remaining(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
