package dev.sluice.reconciler.console;

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
        if (bytes < 0) {
            return "";
        }
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1024 * 1024
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
    }

    static String iso(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
