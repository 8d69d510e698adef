package dev.sluice.toolkit.meta;

import dev.sluice.artifact.config.GoDuration;
import java.time.Duration;
import java.util.Objects;

/**
 * A duration as Go writes it, for example {@code 30m} or {@code 1h5m0s}: the text is kept, so that an object is written
 * back as it was read.
 *
 * <p>Equality is of the text: {@code 60s} and {@code 1m} differ.
 */
public record FluxDuration(String text) {

    public FluxDuration {
        Objects.requireNonNull(text, "text");
    }

    /** Takes over any text: whether it is a duration shows when it is used. */
    public static FluxDuration of(String text) {
        return new FluxDuration(text);
    }

    /**
     * Writes a duration as Go does: 30 minutes are {@code 30m0s}.
     *
     * @throws ArithmeticException past about 292 years
     */
    public static FluxDuration of(Duration duration) {
        return new FluxDuration(GoDuration.format(duration));
    }

    /**
     * What the text says.
     *
     * @throws IllegalArgumentException if it is not a duration of Go
     */
    public Duration toDuration() {
        return GoDuration.parse(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
