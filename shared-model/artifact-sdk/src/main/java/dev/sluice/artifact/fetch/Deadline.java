package dev.sluice.artifact.fetch;

import java.time.Duration;

/** A point in time that does not move when the clock is set; it outlives several tries. Immutable. */
public final class Deadline {

    /** So far away that the arithmetic on nanoseconds stays within a long. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** That long from now; a negative duration is over already. */
    public static Deadline after(Duration duration) {
        Duration bounded = duration.compareTo(FOREVER) > 0 ? FOREVER : duration;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /** Never in the life of a process. */
    public static Deadline never() {
        return after(FOREVER);
    }

    /** This one, or that long from now, whichever comes first. */
    Deadline atMost(Duration duration) {
        Deadline other = after(duration);
        return other.nanos - nanos < 0 ? other : this;
    }

    /** The time left, zero when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** Whether the time is over. */
    public boolean isOver() {
        return remaining().isZero();
    }
}
