package dev.sluice.reconciler.console;

import dev.sluice.reconciler.text.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times, durations and sizes as text. */
final class Units {

    private Units() {}

    /** The age in its largest unit, such as {@code 5m}; empty if the time is unknown. */
    static String age(@Nullable Instant time, Instant now) {
        return time == null ? "" : of(Duration.between(time, now));
    }

    static String of(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /** A measured duration, such as {@code 12.3 ms}. */
    static String precise(Duration took) {
        double millis = took.toNanos() / 1e6;
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.2f s", millis / 1e3)
                : String.format(Locale.ROOT, "%d min %d s", took.toMinutes(), took.toSecondsPart());
    }

    /** A number of bytes; empty if it is negative, that is, unknown. */
    static String size(long bytes) {
        return bytes < 0 ? "" : ByteSize.of(bytes);
    }

    static String iso(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
