package dev.sluice.artifact.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected values were printed by Go's time.ParseDuration and Duration.String. */
class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0s",
        "-0, 0, 0s",
        "+0, 0, 0s",
        "0s, 0, 0s",
        "1m, 60000000000, 1m0s",
        "10m0s, 600000000000, 10m0s",
        "1h30m, 5400000000000, 1h30m0s",
        "750ms, 750000000, 750ms",
        "-1.5h, -5400000000000, -1h30m0s",
        "5.s, 5000000000, 5s",
        ".5s, 500000000, 500ms",
        "+5s, 5000000000, 5s",
        "1us, 1000, 1µs",
        "1µs, 1000, 1µs",
        "1μs, 1000, 1µs",
        "1500ns, 1500, 1.5µs",
        "100ns, 100, 100ns",
        "1ns1h, 3600000000001, 1h0m0.000000001s",
        "39h9m14.425s, 140954425000000, 39h9m14.425s",
        "0.3333333333333333333h, 1200000000000, 20m0s",
        "0.9007199254740993s, 900719925, 900.719925ms",
        "0.830103483285477580700h, 2988372539827, 49m48.372539827s",
        "0.100000000000000000000h, 360000000000, 6m0s",
        ".0000000001s, 0, 0s",
        "9223372036854775807ns, 9223372036854775807, 2562047h47m16.854775807s",
        "-9223372036854775808ns, -9223372036854775808, -2562047h47m16.854775808s",
        "2562047h47m16.854775807s, 9223372036854775807, 2562047h47m16.854775807s"
    })
    void parsesAndFormatsLikeGo(String text, long nanos, String written) {
        Duration duration = GoDuration.parse(text);
        assertThat(duration).isEqualTo(Duration.ofNanos(nanos));
        assertThat(GoDuration.format(duration)).isEqualTo(written);
        assertThat(GoDuration.parse(written)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "3",
                "00",
                "0.0",
                ".s",
                "-.s",
                "1 s",
                " 1s",
                "1s ",
                "--1s",
                "1S",
                "1d",
                "1h-1m",
                "1e3s",
                "1.2.3s",
                "PT1M",
                "1m30",
                "ten",
                "٣s",
                "9223372036854775808ns",
                "-9223372036854775809ns",
                "2562047h47m16.854775808s",
                "99999999999999999999h"
            })
    void refusesDurationsThatGoRefuses(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a duration");
    }

    @Test
    void aVeryLongTextIsRefusedAndTruncatedInTheMessage() {
        assertThatThrownBy(() -> GoDuration.parse("1".repeat(1_000_000) + "s"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }
}
