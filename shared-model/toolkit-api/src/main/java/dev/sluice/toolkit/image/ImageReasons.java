package dev.sluice.toolkit.image;

/** Condition reasons of the image controllers, in addition to those in {@code Reasons}. */
public final class ImageReasons {

    public static final String IMAGE_URL_INVALID = "ImageURLInvalid";
    public static final String AUTHENTICATION_FAILED = "AuthenticationFailed";
    public static final String READ_OPERATION_FAILED = "ReadOperationFailed";
    public static final String INTERVAL_NOT_CONFIGURED = "IntervalNotConfigured";
    public static final String INVALID_UPDATE_STRATEGY = "InvalidUpdateStrategy";
    public static final String INVALID_SOURCE_CONFIGURATION = "InvalidSourceConfiguration";
    public static final String SOURCE_MANAGER_FAILED = "SourceManagerFailed";
    public static final String GIT_OPERATION_FAILED = "GitOperationFailed";
    public static final String UPDATE_FAILED = "UpdateFailed";
    public static final String INVALID_POLICY_SELECTOR = "InvalidPolicySelector";
    public static final String REMOVED_TEMPLATE_FIELD = "RemovedTemplateField";

    private ImageReasons() {}
}
