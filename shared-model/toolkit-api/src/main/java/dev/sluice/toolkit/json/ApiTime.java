package dev.sluice.toolkit.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses a time as leniently as the API server. Its validation of {@code format: date-time} (kube-openapi's {@code
 * IsDateTime}) accepts more than RFC 3339 and {@code java.time}: offsets up to 99:99, fractions of any length after any
 * character, lower case, and anything after a second "t". Any author of a status can store such times.
 *
 * <p>Every parsed time can be written: a time before the year 0 or after 9999 in UTC is limited to that range.
 */
final class ApiTime {

    private static final Pattern ACCEPTED =
            Pattern.compile("(-?\\d{3,9})-(\\d{2})-(\\d{2})[tT](\\d{2}):(\\d{2}):(\\d{2})(?:[^\\n]([0-9]+))?"
                    + "(?:[zZ]|([+-])(\\d{2}):(\\d{2}))(?:[tT](?s:.*))?");

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int NANO_DIGITS = 9;
    private static final int MAX_SHOWN = 100;

    private ApiTime() {}

    /** @throws DateTimeException if it is not a time */
    static OffsetDateTime parse(String text) {
        try {
            return withinRange(OffsetDateTime.parse(text));
        } catch (DateTimeParseException strict) {
            Matcher matcher = ACCEPTED.matcher(text);
            if (!matcher.matches()) {
                throw new DateTimeException("not an RFC 3339 time: \"" + shown(text) + "\"", strict);
            }
            return lenient(matcher);
        }
    }

    private static OffsetDateTime lenient(Matcher part) {
        int hour = number(part, 4);
        int minute = number(part, 5);
        int second = number(part, 6);
        if (hour > 24 || minute > 59 || second > 60) {
            throw new DateTimeException(
                    "not an RFC 3339 time: hour " + hour + ", minute " + minute + ", second " + second);
        }
        LocalDateTime local = LocalDate.of(number(part, 1), number(part, 2), number(part, 3))
                .atStartOfDay()
                .plusHours(hour)
                .plusMinutes(minute)
                .plusSeconds(second)
                .plusNanos(nanos(part.group(7)));
        return withinRange(local.minusMinutes(offsetMinutes(part)).atOffset(ZoneOffset.UTC));
    }

    private static int offsetMinutes(Matcher part) {
        if (part.group(8) == null) {
            return 0;
        }
        int minutes = number(part, 9) * 60 + number(part, 10);
        return part.group(8).equals("-") ? -minutes : minutes;
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        String digits = fraction.length() > NANO_DIGITS ? fraction.substring(0, NANO_DIGITS) : fraction;
        return Integer.parseInt(digits + "0".repeat(NANO_DIGITS - digits.length()));
    }

    private static OffsetDateTime withinRange(OffsetDateTime time) {
        Instant instant = time.toInstant();
        if (instant.isBefore(FIRST)) {
            return FIRST.atOffset(ZoneOffset.UTC);
        }
        return instant.isAfter(LAST) ? LAST.atOffset(ZoneOffset.UTC) : time;
    }

    private static int number(Matcher part, int group) {
        return Integer.parseInt(part.group(group));
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
