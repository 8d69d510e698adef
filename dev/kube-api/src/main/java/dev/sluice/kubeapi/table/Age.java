package dev.sluice.kubeapi.table;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Spans of time as kubectl shows them: the two largest units while that says something. */
final class Age {

    private Age() {}

    /** The time since {@code timestamp}, or what is shown when there is none. */
    static String since(String timestamp, Instant now) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        try {
            return shown(Duration.between(OffsetDateTime.parse(timestamp).toInstant(), now));
        } catch (DateTimeParseException e) {
            return "<invalid>";
        }
    }

    static String shown(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 60 * 2) {
            return seconds + "s";
        }
        long minutes = span.toMinutes();
        if (minutes < 10) {
            return pair(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 60 * 3) {
            return minutes + "m";
        }
        return hoursAndMore(span);
    }

    private static String hoursAndMore(Duration span) {
        long hours = span.toHours();
        if (hours < 8) {
            return pair(hours, "h", span.toMinutes() % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = span.toDays();
        if (hours < 24 * 8) {
            return pair(days, "d", hours % 24, "h");
        }
        if (hours < 24 * 365 * 2) {
            return days + "d";
        }
        long years = days / 365;
        return hours < 24 * 365 * 8 ? pair(years, "y", days % 365, "d") : years + "y";
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
