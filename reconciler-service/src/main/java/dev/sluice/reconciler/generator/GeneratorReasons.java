package dev.sluice.reconciler.generator;

/** Condition reasons and messages that users and tools of the reference know. */
final class GeneratorReasons {

    /** The API server does not take the status. */
    static final String STATUS_REFUSED = "StatusRefused";

    static final String SUCCEEDED = "Succeeded";
    static final String RECONCILIATION_DISABLED = "ReconciliationDisabled";
    static final String PROGRESSING = "Progressing";
    static final String PROGRESSING_WITH_RETRY = "ProgressingWithRetry";
    static final String SOURCE_FETCH_FAILED = "SourceFetchFailed";
    static final String BUILD_FAILED = "BuildFailed";
    static final String RECONCILIATION_FAILED = "ReconciliationFailed";
    static final String VALIDATION_FAILED = "ValidationFailed";
    static final String ACCESS_DENIED = "AccessDenied";

    static final String MESSAGE_IN_PROGRESS = "Reconciliation in progress";
    static final String MESSAGE_INITIALIZED_SUSPENDED = "Initialized with reconciliation suspended";
    static final String MESSAGE_DISABLED = "Reconciliation is disabled";

    private GeneratorReasons() {}
}
