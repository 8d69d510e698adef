package dev.sluice.controller.event;

import java.io.IOException;

/** Where events go. Called on one thread of the recorder's, one event after the other, with no hurry. */
@FunctionalInterface
public interface EventSink {

    /**
     * Takes an event in.
     *
     * @throws IOException if it could not; the event is counted as dropped and not sent again
     */
    void send(ObjectEvent event) throws IOException;

    /** Whether this sink takes such events at all; it is not called with others. Called on any thread. */
    default boolean accepts(ObjectEvent event) {
        return true;
    }

    /** A short lower-case word for logs and metrics, the same for the life of the sink. */
    default String name() {
        return "other";
    }
}
