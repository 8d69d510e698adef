package dev.sluice.artifact.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in Go's format, for example {@code 1m30s} or {@code 750ms}, as in Flux flags and objects. The range is that
 * of Go, a signed 64-bit number of nanoseconds, about ±292 years.
 */
public final class GoDuration {

    private static final Pattern PART = Pattern.compile("(\\d*)(\\.\\d*)?(ns|us|µs|μs|ms|s|m|h)");
    private static final int MAX_LENGTH = 128;
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private GoDuration() {}

    /**
     * Parses a sequence of decimal numbers with units (h, m, s, ms, us, µs, ns), with an optional sign; {@code 0} needs
     * no unit.
     *
     * @throws IllegalArgumentException if the text is not a duration or exceeds Go's range
     */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        String parts = negative || text.startsWith("+") ? text.substring(1) : text;
        if (parts.equals("0")) {
            return Duration.ZERO;
        }
        if (parts.isEmpty() || text.length() > MAX_LENGTH) {
            throw invalid(text);
        }
        BigInteger nanos = BigInteger.ZERO;
        Matcher part = PART.matcher(parts);
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(nanos(part, text));
            end = part.end();
        }
        BigInteger signed = negative ? nanos.negate() : nanos;
        if (end != parts.length() || signed.bitLength() >= Long.SIZE) {
            throw invalid(text);
        }
        return Duration.ofNanos(signed.longValueExact());
    }

    private static BigInteger nanos(Matcher part, String text) {
        String fraction = part.group(2) == null ? "" : part.group(2).substring(1);
        if (part.group(1).isEmpty() && fraction.isEmpty()) {
            throw invalid(text);
        }
        long unit = unit(part.group(3));
        return new BigInteger("0" + part.group(1))
                .multiply(BigInteger.valueOf(unit))
                .add(BigInteger.valueOf(fractionNanos(fraction, unit)));
    }

    /**
     * Uses floating point and only the digits that fit into a long, like Go, so that a third of an hour is 20 minutes.
     */
    private static long fractionNanos(String digits, long unit) {
        long value = 0;
        double scale = 1;
        for (int i = 0; i < digits.length() && value <= (Long.MAX_VALUE - 9) / 10; i++) {
            value = value * 10 + (digits.charAt(i) - '0');
            scale *= 10;
        }
        return (long) (value * (unit / scale));
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "h" -> HOUR;
            case "m" -> MINUTE;
            case "s" -> SECOND;
            case "ms" -> MILLI;
            case "ns" -> 1;
            default -> MICRO;
        };
    }

    private static IllegalArgumentException invalid(String text) {
        String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return new IllegalArgumentException(
                "'" + shown + "' is not a duration; use Go's format, for example 30s, 1m30s, 1h or 750ms");
    }

    /**
     * Formats a duration like Go, for example {@code 10m0s}.
     *
     * @throws ArithmeticException if the duration exceeds Go's range
     */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        // Long.MIN_VALUE has no positive counterpart, so the amount is unsigned
        long amount = nanos < 0 ? -nanos : nanos;
        return sign + (Long.compareUnsigned(amount, SECOND) < 0 ? smallUnits(amount) : largeUnits(amount));
    }

    private static String smallUnits(long nanos) {
        if (nanos < MICRO) {
            return nanos + "ns";
        }
        return nanos < MILLI ? decimal(nanos, MICRO) + "µs" : decimal(nanos, MILLI) + "ms";
    }

    private static String largeUnits(long nanos) {
        long minutes = Long.divideUnsigned(nanos, MINUTE);
        String seconds = decimal(Long.remainderUnsigned(nanos, MINUTE), SECOND) + "s";
        if (minutes == 0) {
            return seconds;
        }
        String rest = minutes % 60 + "m" + seconds;
        return minutes < 60 ? rest : minutes / 60 + "h" + rest;
    }

    private static String decimal(long nanos, long unit) {
        return BigDecimal.valueOf(nanos)
                .divide(BigDecimal.valueOf(unit))
                .stripTrailingZeros()
                .toPlainString();
    }
}
