package dev.sluice.toolkit.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.json.ToolkitJson;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FluxDurationTest {

    private record Case(String text, Duration meaning) {}

    static Stream<Case> durations() {
        return Stream.of(
                new Case("30m", Duration.ofMinutes(30)),
                new Case("1h5m0s", Duration.ofMinutes(65)),
                new Case("60s", Duration.ofMinutes(1)),
                new Case("1.5h", Duration.ofMinutes(90)),
                new Case("750ms", Duration.ofMillis(750)),
                new Case("0", Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("durations")
    void preservesTheTextAndParsesItLikeGo(Case given) {
        String json = '"' + given.text + '"';

        FluxDuration read = ToolkitJson.gson().fromJson(json, FluxDuration.class);

        assertThat(read.toDuration()).isEqualTo(given.meaning);
        assertThat(ToolkitJson.gson().toJson(read)).isEqualTo(json);
    }

    @Test
    void formatsADurationLikeGo() {
        assertThat(FluxDuration.of(Duration.ofMinutes(30))).hasToString("30m0s");
    }

    @Test
    void preservesAnInvalidDurationUntilItIsUsed() {
        FluxDuration never = FluxDuration.of("never");

        assertThat(never).hasToString("never");
        assertThatThrownBy(never::toDuration)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'never'");
    }
}
