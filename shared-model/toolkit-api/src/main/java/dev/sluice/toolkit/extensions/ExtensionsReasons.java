package dev.sluice.toolkit.extensions;

/** Condition and event reasons of source-watcher, in addition to those in {@code Reasons}. */
public final class ExtensionsReasons {

    public static final String RECONCILIATION_DISABLED = "ReconciliationDisabled";
    public static final String VALIDATION_FAILED = "ValidationFailed";
    public static final String SOURCE_FETCH_FAILED = "SourceFetchFailed";

    /** An object belongs to another generator. */
    public static final String OWNERSHIP_CONFLICT = "OwnershipConflict";

    /** A generator manages a namespace that existed before. */
    public static final String ADOPTED = "Adopted";

    private ExtensionsReasons() {}
}
