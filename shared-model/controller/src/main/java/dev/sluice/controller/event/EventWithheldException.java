package dev.sluice.controller.event;

import java.io.IOException;
import java.io.Serial;

/** Thrown if a sink drops an event on purpose, because of a rate limit. Not an outage; the event counts as dropped. */
public final class EventWithheldException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the reason, with the limit
     */
    public EventWithheldException(String message) {
        super(message);
    }
}
