package dev.sluice.toolkit.notification;

/** Reasons of conditions of notification-controller, beside those of {@code Reasons}. */
public final class NotificationReasons {

    public static final String INITIALIZED = "Initialized";
    public static final String VALIDATION_FAILED = "ValidationFailed";
    public static final String TOKEN_NOT_FOUND = "TokenNotFound";

    private NotificationReasons() {}
}
