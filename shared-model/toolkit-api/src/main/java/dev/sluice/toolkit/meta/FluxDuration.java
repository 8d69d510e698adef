package dev.sluice.toolkit.meta;

import dev.sluice.artifact.config.GoDuration;
import java.time.Duration;
import java.util.Objects;

/**
 * A duration in Go's format, for example {@code 30m} or {@code 1h5m0s}. Keeps the text, so that an object is written
 * back as it was read.
 *
 * <p>Equality compares the text: {@code 60s} and {@code 1m} differ.
 *
 * @param text a Go duration, such as {@code 1h30m} or {@code 90s}
 */
public record FluxDuration(String text) {

    public FluxDuration {
        Objects.requireNonNull(text, "text");
    }

    /** Creates a duration from any text; it is validated only when it is used. */
    public static FluxDuration of(String text) {
        return new FluxDuration(text);
    }

    /**
     * Creates a duration from its value, formatted as in Go: 30 minutes are {@code 30m0s}.
     *
     * @throws ArithmeticException if it exceeds about 292 years
     */
    public static FluxDuration of(Duration duration) {
        return new FluxDuration(GoDuration.format(duration));
    }

    /**
     * Returns the value of the text.
     *
     * @throws IllegalArgumentException if the text is not a Go duration
     */
    public Duration toDuration() {
        return GoDuration.parse(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
