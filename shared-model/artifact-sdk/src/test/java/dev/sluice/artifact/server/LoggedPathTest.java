package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app.tar.gz;token=pl4nted",
                "/app.tar.gz;a=b;token=pl4nted",
                "/a;token=pl4nted/app.tar.gz",
                "/app.tar.gz%3Btoken=pl4nted",
                "/app.tar.gz%3btoken%3dpl4nted",
                "/app.tar.gz%3Ftoken=pl4nted",
                "/app.tar.gz?token=pl4nted",
                "/app.tar.gz#pl4nted",
                "//user:pl4nted@host/app.tar.gz",
                "/http://user:pl4nted@host/app.tar.gz",
                "/http:/user:pl4nted%40host/app.tar.gz",
                "/user:pl4n@pl4nted@host/app.tar.gz",
            })
    void masksCredentials(String path) {
        assertThat(LoggedPath.of(path)).doesNotContain("pl4n").startsWith("/");
    }

    @ParameterizedTest
    @CsvSource({
        "/externalartifact/apps/app/abc.tar.gz, /externalartifact/apps/app/abc.tar.gz",
        "/a;token=x/app.tar.gz, /a;***/app.tar.gz",
        "//user:x@host/app.tar.gz, //***@host/app.tar.gz",
        "/gr%C3%B6%C3%9Fe.tar.gz, /gr%C3%B6%C3%9Fe.tar.gz"
    })
    void doesNotMaskOtherParts(String path, String shown) {
        assertThat(LoggedPath.of(path)).isEqualTo(shown);
    }

    @Test
    void truncatesLongPaths() {
        assertThat(LoggedPath.of("/" + "x".repeat(10_000))).hasSizeLessThan(300).endsWith("…");
        assertThat(LoggedPath.of("/x".repeat(5_000))).hasSizeLessThan(300).endsWith("…");
        assertThat(LoggedPath.of("x".repeat(10_000))).isEqualTo("…");
    }

    /** Secrets that start before the truncation and are recognized only by what follows it. */
    @ParameterizedTest
    @ValueSource(ints = {200, 1000, 1014, 1016, 1018, 1020, 1022, 1024, 1026, 4000})
    void masksSecretsAtTheTruncation(int before) {
        String filler = ";" + "x".repeat(before - 2);
        assertThat(LoggedPath.of("/" + filler + "/user:pl4nted@" + "h".repeat(1024)))
                .endsWith("…")
                .doesNotContain("pl4n");
        assertThat(LoggedPath.of("/" + filler + "/user:pl4nted" + "x".repeat(1024) + "@host"))
                .endsWith("…")
                .doesNotContain("pl4n");
    }

    /**
     * Matching at every character would take a second per path. Compares the time for a segment with that for one an
     * eighth as long, so that a busy machine slows down both.
     */
    @Test
    void masksALongSegmentInLinearTime() {
        String cut = "/" + "%".repeat(8_000);
        String readable = "/" + "%".repeat(1_000) + "/a@b";
        String eighth = "/" + "%".repeat(125) + "/a@b";
        assertThat(LoggedPath.of(cut)).isEqualTo("/…");
        assertThat(LoggedPath.of(readable)).endsWith("…");

        double ratio = IntStream.range(0, 15)
                .mapToDouble(round -> (double) nanos(readable) / nanos(eighth))
                .sorted()
                .skip(7)
                .findFirst()
                .orElseThrow();

        // linear time gives 8, quadratic time 64
        assertThat(ratio).isLessThan(32);
    }

    private static long nanos(String path) {
        long begun = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(LoggedPath.of(path)).startsWith("/");
        }
        return System.nanoTime() - begun;
    }
}
