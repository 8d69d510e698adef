package dev.sluice.launcher.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AmountsTest {

    @Test
    void showsSizesInBinaryUnits() {
        assertThat(Amounts.size(null)).isEqualTo("-");
        assertThat(Amounts.size(1023L)).isEqualTo("1023 B");
        assertThat(Amounts.size(1024L)).isEqualTo("1.0 KiB");
        assertThat(Amounts.size(1_048_576L)).isEqualTo("1.0 MiB");
        assertThat(Amounts.size(5L << 30)).isEqualTo("5120.0 MiB");
    }

    @Test
    void showsSecondsWithHundredths() {
        assertThat(Amounts.seconds(Duration.ofMillis(1234))).isEqualTo("1.23 s");
    }

    @Test
    void shortensHashOfRevision() {
        assertThat(Amounts.revision("latest@sha256:0123456789abcdef")).isEqualTo("latest@sha256:0123456789ab…");
        assertThat(Amounts.revision("latest@sha256:0123456789ab")).isEqualTo("latest@sha256:0123456789ab");
        assertThat(Amounts.revision("v1.2.3")).isEqualTo("v1.2.3");
    }
}
