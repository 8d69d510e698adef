package dev.sluice.artifact.server;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A single range of a Range header (RFC 9110, section 14.1.2), independent of a file.
 *
 * @param first position of the first byte, or -1 for the last {@code last} bytes
 * @param last position of the last byte; {@link Long#MAX_VALUE} for the end
 */
record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("\\s*(\\d*)\\s*-\\s*(\\d*)\\s*");
    private static final String UNIT = "bytes=";
    private static final int MAX_DIGITS = 18;

    /** Parses a header. Empty for another unit, several ranges or invalid syntax: then the whole file is sent. */
    static Optional<ByteRange> parse(String header) {
        String text = header.strip();
        if (!text.toLowerCase(Locale.ROOT).startsWith(UNIT)) {
            return Optional.empty();
        }
        Matcher range = SINGLE.matcher(text.substring(UNIT.length()));
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.empty();
        }
        long first = range.group(1).isEmpty() ? -1 : number(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
        return first > last ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }

    /** Treats numbers beyond any file size as the end. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
    }

    private boolean isSuffix() {
        return first < 0;
    }

    boolean satisfiable(long size) {
        return isSuffix() ? last > 0 : first < size;
    }

    /** Returns the position of the first byte to send; only for a satisfiable range. */
    long start(long size) {
        return isSuffix() ? size - Math.min(last, size) : first;
    }

    /** Returns the number of bytes to send; only for a satisfiable range. */
    long length(long size) {
        return isSuffix() ? Math.min(last, size) : Math.min(last, size - 1) - first + 1;
    }
}
