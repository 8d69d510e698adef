package dev.sluice.reconciler.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1572864, 1.5 MiB",
        "1073741824, 1.0 GiB",
        "270552949555, 252.0 GiB",
        "5497558138880, 5.0 TiB",
        "9223372036854775807, 8388608.0 TiB"
    })
    void usesTheLargestUnit(long bytes, String text) {
        assertThat(ByteSize.of(bytes)).isEqualTo(text);
    }
}
