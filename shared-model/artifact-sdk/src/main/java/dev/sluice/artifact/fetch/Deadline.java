package dev.sluice.artifact.fetch;

import java.time.Duration;

/** A point in time, independent of changes of the wall clock; may span several attempts. Immutable. */
public final class Deadline {

    /** Small enough for the arithmetic on nanoseconds not to overflow. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** A deadline after this duration; a negative duration has already expired. */
    public static Deadline after(Duration duration) {
        Duration bounded = duration.compareTo(FOREVER) > 0 ? FOREVER : duration;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /** A deadline that never expires in practice. */
    public static Deadline never() {
        return after(FOREVER);
    }

    /** The earlier of this deadline and one after this duration. */
    Deadline atMost(Duration duration) {
        Deadline other = after(duration);
        return other.nanos - nanos < 0 ? other : this;
    }

    /** Returns the remaining time; zero after the deadline. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** Whether the deadline has passed. */
    public boolean isOver() {
        return remaining().isZero();
    }
}
