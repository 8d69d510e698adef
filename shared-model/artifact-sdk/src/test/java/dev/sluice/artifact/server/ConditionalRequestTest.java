package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionalRequestTest {

    private static final FileVersion FILE = new FileVersion(100, Instant.parse("2026-11-22T10:00:00.123456789Z"));
    private static final String ETAG = FILE.etag();
    private static final String SAME = "Sun, 22 Nov 2026 10:00:00 GMT";
    private static final String BEFORE = "Sun, 22 Nov 2026 09:59:59 GMT";
    private static final String AFTER = "Sun, 22 Nov 2026 10:00:01 GMT";

    record Case(String name, Map<String, String> headers, ByteSelection expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final ByteSelection WHOLE = ByteSelection.whole(100);
    private static final ByteSelection NOT_MODIFIED = ByteSelection.notModified();
    private static final ByteSelection FAILED = ByteSelection.preconditionFailed();
    private static final ByteSelection UNSATISFIABLE = ByteSelection.rangeNotSatisfiable();

    static Stream<Case> conditions() {
        return Stream.of(
                new Case("no condition", Map.of(), WHOLE),
                new Case("same tag", Map.of("If-None-Match", ETAG), NOT_MODIFIED),
                new Case("same tag, weak", Map.of("If-None-Match", "W/" + ETAG), NOT_MODIFIED),
                new Case("same tag in a list", Map.of("If-None-Match", "\"a\", W/\"b,c\" ," + ETAG), NOT_MODIFIED),
                new Case("any tag", Map.of("If-None-Match", "*"), NOT_MODIFIED),
                new Case("other tag", Map.of("If-None-Match", "\"other\""), WHOLE),
                new Case("unquoted tag", Map.of("If-None-Match", ETAG.replace("\"", "")), WHOLE),
                new Case(
                        "tag takes precedence over date",
                        Map.of("If-None-Match", "\"other\"", "If-Modified-Since", AFTER),
                        WHOLE),
                new Case("modified since, same", Map.of("If-Modified-Since", SAME), NOT_MODIFIED),
                new Case("modified since, later", Map.of("If-Modified-Since", AFTER), NOT_MODIFIED),
                new Case("modified since, earlier", Map.of("If-Modified-Since", BEFORE), WHOLE),
                new Case("no date", Map.of("If-Modified-Since", "yesterday"), WHOLE),
                new Case("RFC 850 date", Map.of("If-Modified-Since", "Sunday, 22-Nov-26 10:00:00 GMT"), NOT_MODIFIED),
                new Case("asctime date", Map.of("If-Modified-Since", "Sun Nov 22 10:00:00 2026"), NOT_MODIFIED),
                new Case("asctime date, one digit", Map.of("If-Modified-Since", "Sun Nov  1 10:00:00 2026"), WHOLE),
                new Case("match", Map.of("If-Match", ETAG), WHOLE),
                new Case("match any", Map.of("If-Match", "*"), WHOLE),
                new Case("If-Match is strong", Map.of("If-Match", "W/" + ETAG), FAILED),
                new Case("no match", Map.of("If-Match", "\"other\""), FAILED),
                new Case(
                        "If-Match takes precedence over date",
                        Map.of("If-Match", ETAG, "If-Unmodified-Since", BEFORE),
                        WHOLE),
                new Case("unmodified since, same", Map.of("If-Unmodified-Since", SAME), WHOLE),
                new Case("unmodified since, earlier", Map.of("If-Unmodified-Since", BEFORE), FAILED),
                new Case(
                        "failed precondition takes precedence over not modified",
                        Map.of("If-Match", "\"x\"", "If-None-Match", ETAG),
                        FAILED));
    }

    static Stream<Case> ranges() {
        return Stream.of(
                new Case("first byte", Map.of("Range", "bytes=0-0"), ByteSelection.partial(0, 1)),
                new Case("in the middle", Map.of("Range", "bytes=10-19"), ByteSelection.partial(10, 10)),
                new Case("open end", Map.of("Range", "bytes=90-"), ByteSelection.partial(90, 10)),
                new Case("everything", Map.of("Range", "bytes=0-"), ByteSelection.partial(0, 100)),
                new Case("past the end", Map.of("Range", "bytes=90-1000"), ByteSelection.partial(90, 10)),
                new Case(
                        "far past the end", Map.of("Range", "bytes=9-" + "9".repeat(40)), ByteSelection.partial(9, 91)),
                new Case("the last bytes", Map.of("Range", "bytes=-5"), ByteSelection.partial(95, 5)),
                new Case(
                        "more last bytes than there are", Map.of("Range", "bytes=-500"), ByteSelection.partial(0, 100)),
                new Case("upper case unit", Map.of("Range", "BYTES=0-1"), ByteSelection.partial(0, 2)),
                new Case("blanks", Map.of("Range", "bytes= 0 - 1 "), ByteSelection.partial(0, 2)),
                new Case(
                        "leading zeros",
                        Map.of("Range", "bytes=" + "0".repeat(30) + "-1"),
                        ByteSelection.partial(0, 2)),
                new Case("zero last bytes", Map.of("Range", "bytes=-0"), UNSATISFIABLE),
                new Case("starts at the end", Map.of("Range", "bytes=100-"), UNSATISFIABLE),
                new Case("starts far past the end", Map.of("Range", "bytes=" + "9".repeat(30) + "-"), UNSATISFIABLE),
                new Case("several ranges", Map.of("Range", "bytes=0-1,5-6"), WHOLE),
                new Case("other unit", Map.of("Range", "lines=0-1"), WHOLE),
                new Case("wrong order", Map.of("Range", "bytes=5-1"), WHOLE),
                new Case("no number", Map.of("Range", "bytes=-"), WHOLE),
                new Case("letters", Map.of("Range", "bytes=a-b"), WHOLE),
                new Case("other digits", Map.of("Range", "bytes=\u0661-"), WHOLE),
                new Case("signs", Map.of("Range", "bytes=+1-2"), WHOLE),
                new Case("empty", Map.of("Range", ""), WHOLE),
                new Case("if range, same tag", range("If-Range", ETAG), ByteSelection.partial(0, 1)),
                new Case("if range, weak tag", range("If-Range", "W/" + ETAG), WHOLE),
                new Case("if range, other tag", range("If-Range", "\"x\""), WHOLE),
                new Case("if range, same date", range("If-Range", SAME), ByteSelection.partial(0, 1)),
                new Case("if range, later date", range("If-Range", AFTER), WHOLE),
                new Case("if range, nonsense", range("If-Range", "x"), WHOLE),
                new Case("not modified takes precedence over range", range("If-None-Match", ETAG), NOT_MODIFIED));
    }

    private static Map<String, String> range(String header, String value) {
        return Map.of("Range", "bytes=0-0", header, value);
    }

    @ParameterizedTest
    @MethodSource({"conditions", "ranges"})
    void selectsTheResponseByTheRfc(Case c) {
        assertThat(request("GET", c.headers()).select(FILE)).isEqualTo(c.expected());
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void evaluatesHeadLikeGet(Case c) {
        assertThat(request("HEAD", c.headers()).select(FILE)).isEqualTo(c.expected());
    }

    @Test
    void headIgnoresRanges() {
        assertThat(request("HEAD", Map.of("Range", "bytes=0-0")).select(FILE)).isEqualTo(WHOLE);
    }

    @Test
    void ignoresRangesOfAnEmptyFile() {
        FileVersion empty = new FileVersion(0, Instant.EPOCH);
        assertThat(request("GET", Map.of("Range", "bytes=-5")).select(empty)).isEqualTo(ByteSelection.whole(0));
        assertThat(request("GET", Map.of("Range", "bytes=0-")).select(empty)).isEqualTo(UNSATISFIABLE);
    }

    @Test
    void combinesHeaderLines() {
        ConditionalRequest request =
                ConditionalRequest.of("GET", name -> name.equals("If-None-Match") ? List.of("\"a\"", ETAG) : List.of());
        assertThat(request.select(FILE)).isEqualTo(NOT_MODIFIED);
    }

    @Test
    void theEntityTagChangesWithSizeAndTime() {
        assertThat(List.of(
                        ETAG,
                        new FileVersion(101, FILE.lastModified()).etag(),
                        new FileVersion(100, FILE.lastModified().plusNanos(1)).etag()))
                .doesNotHaveDuplicates()
                .allMatch(tag -> tag.matches("\"[0-9a-f]+-[0-9a-f]+\""));
    }

    @Test
    void writesTheModificationTimeInWholeSeconds() {
        assertThat(FILE.lastModifiedHeader()).isEqualTo(SAME);
    }

    private static ConditionalRequest request(String method, Map<String, String> headers) {
        return ConditionalRequest.of(
                method, name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of());
    }
}
