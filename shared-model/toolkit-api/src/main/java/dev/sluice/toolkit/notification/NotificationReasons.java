package dev.sluice.toolkit.notification;

/** Condition reasons of notification-controller, in addition to those in {@code Reasons}. */
public final class NotificationReasons {

    public static final String INITIALIZED = "Initialized";
    public static final String VALIDATION_FAILED = "ValidationFailed";
    public static final String TOKEN_NOT_FOUND = "TokenNotFound";

    private NotificationReasons() {}
}
