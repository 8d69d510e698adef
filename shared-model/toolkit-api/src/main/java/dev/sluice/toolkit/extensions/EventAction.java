package dev.sluice.toolkit.extensions;

/** The stage of a run that an event of source-watcher is about; the value of {@code action} in the event. */
public enum EventAction {
    /** The outcome of the run. */
    RECONCILE("Reconcile"),
    /** Reads the sources and their artifacts. */
    RESOLVE_SOURCE("ResolveSource"),
    /** Downloads the artifacts of the sources. */
    FETCH_SOURCE("FetchSource"),
    /** Builds the artifacts. */
    BUILD("Build"),
    /** Stores the artifacts, and applies ExternalArtifacts and namespaces. */
    PUBLISH("Publish");

    private final String value;

    EventAction(String value) {
        this.value = value;
    }

    /** Returns the text in the event. */
    public String value() {
        return value;
    }
}
