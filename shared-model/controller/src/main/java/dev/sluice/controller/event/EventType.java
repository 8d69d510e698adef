package dev.sluice.controller.event;

/** The importance of an event. */
public enum EventType {
    NORMAL("Normal"),
    WARNING("Warning"),
    /** Of interest to someone who inspects the object, not worth a notification. Stored as Normal. */
    TRACE("Normal");

    private final String stored;

    EventType(String stored) {
        this.stored = stored;
    }

    /** Returns the type of the Kubernetes event. */
    public String stored() {
        return stored;
    }
}
