package dev.sluice.toolkit.source;

/** Condition types that only sources have. */
public final class SourceConditionTypes {

    /** Whether the artifact is stored and can be downloaded. */
    public static final String ARTIFACT_IN_STORAGE = "ArtifactInStorage";

    /** True while the artifact is older than the desired revision. */
    public static final String ARTIFACT_OUTDATED = "ArtifactOutdated";

    /** Whether the signature was verified. */
    public static final String SOURCE_VERIFIED = "SourceVerified";

    /** True if the upstream could not be fetched. */
    public static final String FETCH_FAILED = "FetchFailed";

    /** True if the artifact could not be built. */
    public static final String BUILD_FAILED = "BuildFailed";

    /** True if the storage could not be read or written. */
    public static final String STORAGE_OPERATION_FAILED = "StorageOperationFailed";

    /** True while an included GitRepository has no artifact. */
    public static final String INCLUDE_UNAVAILABLE = "IncludeUnavailable";

    private SourceConditionTypes() {}
}
