package dev.sluice.reconciler.spec;

/** Condition reasons and messages that users and tools of the reference controller rely on. */
public final class GeneratorReasons {

    /** The API server rejects the status. */
    public static final String STATUS_REFUSED = "StatusRefused";

    public static final String SUCCEEDED = "Succeeded";
    public static final String RECONCILIATION_DISABLED = "ReconciliationDisabled";
    public static final String PROGRESSING = "Progressing";
    public static final String PROGRESSING_WITH_RETRY = "ProgressingWithRetry";
    public static final String SOURCE_FETCH_FAILED = "SourceFetchFailed";
    public static final String BUILD_FAILED = "BuildFailed";
    public static final String RECONCILIATION_FAILED = "ReconciliationFailed";
    public static final String VALIDATION_FAILED = "ValidationFailed";
    public static final String ACCESS_DENIED = "AccessDenied";
    public static final String PRUNE_FAILED = "PruneFailed";

    public static final String MESSAGE_IN_PROGRESS = "Reconciliation in progress";
    public static final String MESSAGE_INITIALIZED_SUSPENDED = "Initialized with reconciliation suspended";
    /** The beginning of the message if a source could not be downloaded. */
    public static final String MESSAGE_FETCH_FAILED = "fetch sources failed: ";

    public static final String MESSAGE_DISABLED = "Reconciliation is disabled";

    private GeneratorReasons() {}
}
