package dev.sluice.kubeapi.schema;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Formats ages for tables: {@code 45s}, {@code 5m30s}, {@code 3d4h}, {@code 2y}. */
public final class Ages {

    private Ages() {}

    /** Returns the age of a timestamp, or the text for a missing timestamp. */
    public static String since(String timestamp, Instant now) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        try {
            return words(Duration.between(OffsetDateTime.parse(timestamp).toInstant(), now));
        } catch (DateTimeException e) {
            return "<invalid>";
        }
    }

    /** Returns {@code <invalid>} if the timestamp is two seconds or more in the future. */
    private static String words(Duration age) {
        long seconds = age.toMillis() / 1000;
        if (seconds < -1) {
            return "<invalid>";
        }
        long minutes = seconds / 60;
        long hours = minutes / 60;
        if (seconds < 120) {
            return Math.max(seconds, 0) + "s";
        }
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        return hours < 8 ? two(hours, "h", minutes % 60, "m") : days(hours);
    }

    private static String days(long hours) {
        long days = hours / 24;
        if (hours < 48) {
            return hours + "h";
        }
        if (days < 8) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 2 * 365) {
            return days + "d";
        }
        return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
