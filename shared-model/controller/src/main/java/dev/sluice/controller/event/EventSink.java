package dev.sluice.controller.event;

import java.io.IOException;

/** A destination for events. The recorder calls it on one thread, one event at a time; it may block. */
@FunctionalInterface
public interface EventSink {

    /**
     * Sends an event.
     *
     * @throws IOException if it fails; the event counts as dropped and is not sent again
     */
    void send(ObjectEvent event) throws IOException;

    /** Whether the sink accepts this event. The recorder drops other events silently. Called on any thread. */
    default boolean accepts(ObjectEvent event) {
        return true;
    }

    /** Returns a short lower-case word for logs and metrics; must not change. */
    default String name() {
        return "other";
    }
}
