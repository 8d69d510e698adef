package dev.sluice.artifact.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The conditional and range headers of a GET or HEAD request, evaluated in the order of RFC 9110, section 13.2.2.
 * Invalid values are ignored, as the RFC requires.
 *
 * @param head whether the method is HEAD, which ignores ranges
 */
public record ConditionalRequest(
        boolean head,
        @Nullable String ifMatch,
        @Nullable String ifUnmodifiedSince,
        @Nullable String ifNoneMatch,
        @Nullable String ifModifiedSince,
        @Nullable String range,
        @Nullable String ifRange) {

    /**
     * Extracts the headers from a request.
     *
     * @param headers returns all values of a header by its name, empty if it is absent
     */
    public static ConditionalRequest of(String method, Function<String, List<String>> headers) {
        return new ConditionalRequest(
                method.equals("HEAD"),
                value(headers, "If-Match"),
                value(headers, "If-Unmodified-Since"),
                value(headers, "If-None-Match"),
                value(headers, "If-Modified-Since"),
                value(headers, "Range"),
                value(headers, "If-Range"));
    }

    private static @Nullable String value(Function<String, List<String>> headers, String name) {
        List<String> values = headers.apply(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /** Returns a request for the whole file without conditions. */
    public static ConditionalRequest unconditional() {
        return new ConditionalRequest(false, null, null, null, null, null, null);
    }

    /** Returns the response for a file of this version. */
    public ByteSelection select(FileVersion file) {
        if (preconditionFails(file)) {
            return ByteSelection.preconditionFailed();
        }
        if (notModified(file)) {
            return ByteSelection.notModified();
        }
        return requestedRange(file).map(r -> select(r, file.size())).orElseGet(() -> ByteSelection.whole(file.size()));
    }

    private static ByteSelection select(ByteRange range, long size) {
        return range.satisfiable(size)
                ? ByteSelection.partial(range.start(size), range.length(size))
                : ByteSelection.rangeNotSatisfiable();
    }

    private boolean preconditionFails(FileVersion file) {
        if (ifMatch != null) {
            return !EntityTags.anyMatchesStrongly(ifMatch, file.etag());
        }
        return date(ifUnmodifiedSince)
                .map(since -> seconds(file).isAfter(since))
                .orElse(false);
    }

    private boolean notModified(FileVersion file) {
        if (ifNoneMatch != null) {
            return EntityTags.anyMatchesWeakly(ifNoneMatch, file.etag());
        }
        return date(ifModifiedSince).map(since -> !seconds(file).isAfter(since)).orElse(false);
    }

    private Optional<ByteRange> requestedRange(FileVersion file) {
        if (head || range == null || (file.size() == 0 && range.contains("=-")) || !ifRangeHolds(file)) {
            return Optional.empty();
        }
        return ByteRange.parse(range);
    }

    private boolean ifRangeHolds(FileVersion file) {
        if (ifRange == null) {
            return true;
        }
        if (ifRange.contains("\"")) {
            return EntityTags.anyMatchesStrongly(ifRange, file.etag());
        }
        return date(ifRange).map(seconds(file)::equals).orElse(false);
    }

    private static Optional<Instant> date(@Nullable String header) {
        return header == null ? Optional.empty() : HttpDates.parse(header);
    }

    private static Instant seconds(FileVersion file) {
        return file.lastModified().truncatedTo(ChronoUnit.SECONDS);
    }
}
