package dev.sluice.toolkit.source;

/** Condition and event reasons of source-controller, in addition to those in {@code Reasons}. */
public final class SourceReasons {

    public static final String URL_INVALID = "URLInvalid";
    public static final String AUTHENTICATION_FAILED = "AuthenticationFailed";
    public static final String VERIFICATION_ERROR = "VerificationError";
    public static final String DIRECTORY_CREATION_FAILED = "DirectoryCreationFailed";
    public static final String STAT_OPERATION_FAILED = "StatOperationFailed";
    public static final String READ_OPERATION_FAILED = "ReadOperationFailed";
    public static final String ACQUIRE_LOCK_FAILED = "AcquireLockFailed";
    public static final String ARCHIVE_OPERATION_FAILED = "ArchiveOperationFailed";
    public static final String SYMLINK_UPDATE_FAILED = "SymlinkUpdateFailed";
    public static final String ARTIFACT_UP_TO_DATE = "ArtifactUpToDate";
    public static final String CACHE_OPERATION_FAILED = "CacheOperationFailed";
    public static final String PATCH_OPERATION_FAILED = "PatchOperationFailed";
    public static final String INVALID_STS_CONFIGURATION = "InvalidSTSConfiguration";
    public static final String INVALID_PROVIDER_CONFIGURATION = "InvalidProviderConfiguration";
    public static final String BUCKET_OPERATION_SUCCEEDED = "BucketOperationSucceeded";
    public static final String BUCKET_OPERATION_FAILED = "BucketOperationFailed";
    public static final String GIT_OPERATION_SUCCEEDED = "GitOperationSucceeded";
    public static final String GIT_OPERATION_FAILED = "GitOperationFailed";
    public static final String CHART_PULL_SUCCEEDED = "ChartPullSucceeded";
    public static final String CHART_PACKAGE_SUCCEEDED = "ChartPackageSucceeded";
    public static final String INDEXATION_FAILED = "IndexationFailed";
    public static final String OCI_PULL_FAILED = "OCIArtifactPullFailed";
    public static final String OCI_LAYER_OPERATION_FAILED = "OCIArtifactLayerOperationFailed";

    private SourceReasons() {}
}
