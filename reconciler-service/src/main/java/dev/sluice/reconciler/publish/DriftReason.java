package dev.sluice.reconciler.publish;

/** Why a run must build. The reasons are those that the reference controller logs. */
public enum DriftReason {
    NOT_READY("NotReady", "the previous reconciliation failed or was interrupted"),
    GENERATION_CHANGED("GenerationChanged", "the spec has changed"),
    SOURCES_CHANGED("SourcesChanged", "the sources have changed"),
    ARTIFACTS_CHANGED("ArtifactsChanged", "the number of artifacts has changed"),
    ARTIFACT_MISSING("ArtifactMissing", "an artifact is missing from storage"),
    ARTIFACT_CORRUPTED("ArtifactCorrupted", "a stored artifact failed its integrity check"),
    EXTERNAL_ARTIFACTS_NOT_FOUND("ExternalArtifactsNotFound", "the ExternalArtifacts could not be listed"),
    EXTERNAL_ARTIFACTS_CHANGED("ExternalArtifactsChanged", "the ExternalArtifacts differ from what was published"),
    NAMESPACES_NOT_FOUND("NamespacesNotFound", "a managed namespace is missing"),
    NAMESPACES_CHANGED("NamespacesChanged", "a managed namespace differs from what was applied");

    private final String reason;
    private final String description;

    DriftReason(String reason, String description) {
        this.reason = reason;
        this.description = description;
    }

    /** The reason in CamelCase, for the log. */
    public String reason() {
        return reason;
    }

    /** The reason as a phrase. */
    public String description() {
        return description;
    }
}
