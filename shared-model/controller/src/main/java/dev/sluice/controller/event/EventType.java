package dev.sluice.controller.event;

/** How much an event matters. */
public enum EventType {
    NORMAL("Normal"),
    WARNING("Warning"),
    /** Of interest to whoever looks at the object, not worth a notification. Stored as Normal. */
    TRACE("Normal");

    private final String stored;

    EventType(String stored) {
        this.stored = stored;
    }

    /** The type of the Kubernetes event. */
    public String stored() {
        return stored;
    }
}
