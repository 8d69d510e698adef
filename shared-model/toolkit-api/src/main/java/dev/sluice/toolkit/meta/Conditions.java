package dev.sluice.toolkit.meta;

import io.kubernetes.client.openapi.models.V1Condition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and creates conditions by Flux's rules. All methods are pure functions; a null list has no conditions. */
public final class Conditions {

    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";

    /** Maximum length of a message in the published schemas, in Unicode code points. */
    public static final int MAX_MESSAGE_LENGTH = 32_768;

    private static final String CUT = "…";

    private Conditions() {}

    public static Optional<V1Condition> find(@Nullable List<V1Condition> conditions, String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream().filter(c -> type.equals(c.getType())).findFirst();
    }

    public static boolean isTrue(@Nullable List<V1Condition> conditions, String type) {
        return hasStatus(conditions, type, TRUE);
    }

    public static boolean isFalse(@Nullable List<V1Condition> conditions, String type) {
        return hasStatus(conditions, type, FALSE);
    }

    public static boolean isUnknown(@Nullable List<V1Condition> conditions, String type) {
        return hasStatus(conditions, type, UNKNOWN);
    }

    /**
     * Whether the condition is True and was observed at this generation. A null generation, and a condition without an
     * observed generation, count as current.
     */
    public static boolean isCurrent(@Nullable List<V1Condition> conditions, String type, @Nullable Long generation) {
        return find(conditions, type)
                .filter(c -> TRUE.equals(c.getStatus()))
                .filter(c -> generation == null
                        || c.getObservedGeneration() == null
                        || c.getObservedGeneration().equals(generation))
                .isPresent();
    }

    /**
     * Creates a condition that keeps the transition time of the previous one unless status, reason or message differ.
     *
     * @param previous the current conditions of the object
     * @param message truncated to {@link #MAX_MESSAGE_LENGTH} code points
     * @param clock read only if something differs; truncated to whole seconds
     */
    public static V1Condition next(
            @Nullable List<V1Condition> previous,
            String type,
            String status,
            String reason,
            String message,
            long generation,
            InstantSource clock) {
        V1Condition condition = new V1Condition()
                .type(type)
                .status(status)
                .reason(reason)
                .message(cut(message))
                .observedGeneration(generation);
        OffsetDateTime since = find(previous, type)
                .filter(old -> sameState(old, condition))
                .map(V1Condition::getLastTransitionTime)
                .orElseGet(() -> wholeSeconds(clock.instant()));
        return condition.lastTransitionTime(since);
    }

    /** Whether status, reason and message are equal, so that {@code lastTransitionTime} is kept. */
    public static boolean sameState(V1Condition one, V1Condition other) {
        return Objects.equals(one.getStatus(), other.getStatus())
                && Objects.equals(one.getReason(), other.getReason())
                && Objects.equals(one.getMessage(), other.getMessage());
    }

    private static boolean hasStatus(@Nullable List<V1Condition> conditions, String type, String status) {
        return find(conditions, type).filter(c -> status.equals(c.getStatus())).isPresent();
    }

    private static OffsetDateTime wholeSeconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC);
    }

    private static String cut(String message) {
        if (message.codePointCount(0, message.length()) <= MAX_MESSAGE_LENGTH) {
            return message;
        }
        return message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE_LENGTH - 1)) + CUT;
    }
}
