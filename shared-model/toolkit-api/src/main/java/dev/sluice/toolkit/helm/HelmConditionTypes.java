package dev.sluice.toolkit.helm;

/** Condition types that only HelmReleases have. */
public final class HelmConditionTypes {

    /** Whether the last installation, upgrade or rollback succeeded. */
    public static final String RELEASED = "Released";

    /** Whether the tests of the chart passed. */
    public static final String TEST_SUCCESS = "TestSuccess";

    /** Whether a failed action was remediated. */
    public static final String REMEDIATED = "Remediated";

    /** Whether objects in the cluster differ from the release. */
    public static final String DRIFTED = "Drifted";

    private HelmConditionTypes() {}
}
