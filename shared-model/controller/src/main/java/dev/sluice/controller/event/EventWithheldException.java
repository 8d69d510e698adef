package dev.sluice.controller.event;

import java.io.IOException;
import java.io.Serial;

/** An event that the sink holds back on purpose: the way is open, this one is too much. Counted as dropped. */
public final class EventWithheldException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message why, and what the limit is */
    public EventWithheldException(String message) {
        super(message);
    }
}
