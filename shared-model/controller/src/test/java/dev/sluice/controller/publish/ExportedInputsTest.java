package dev.sluice.controller.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.meta.JsonValue;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExportedInputsTest {

    private record Pair(String one, String other, boolean equal) {}

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair("1", "1", true),
                new Pair("1", "1.0", true),
                new Pair("1e3", "1000", true),
                new Pair("1", "2", false),
                new Pair("1", "\"1\"", false),
                new Pair("9007199254740993", "9007199254740992", false),
                new Pair("9223372036854775807", "9223372036854775806", false),
                new Pair("-9223372036854775808", "-9223372036854775807", false),
                new Pair("18446744073709551615", "18446744073709551616", true),
                new Pair("1e21", "1000000000000000000000", true),
                new Pair("0.1", "0.10", true),
                new Pair("0.1", "0.2", false),
                new Pair("true", "false", false),
                new Pair("{\"a\": 1, \"b\": [2]}", "{\"b\": [2.0], \"a\": 1}", true),
                new Pair("{\"a\": null}", "{}", false),
                new Pair("[1, 2]", "[2, 1]", false),
                new Pair("[]", "{}", false));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void comparesValuesAsTheApiServerStoresThem(Pair pair) {
        ExportedInputs one = ExportedInputs.of(Map.of("key", JsonValue.parse(pair.one())));
        ExportedInputs other = ExportedInputs.of(Map.of("key", JsonValue.parse(pair.other())));

        assertThat(one.equals(other)).isEqualTo(pair.equal());
        assertThat(one.digestOnly().equals(other)).isEqualTo(pair.equal());
    }

    @Test
    void aKeyWithoutAValueIsLikeNoKey() {
        assertThat(ExportedInputs.of(Map.of("key", JsonValue.parse("null")))).isEqualTo(ExportedInputs.NONE);
    }

    @Test
    void aDigestHasNoValues() {
        ExportedInputs inputs = ExportedInputs.of(Map.of("key", JsonValue.parse("1")));

        assertThatThrownBy(() -> inputs.digestOnly().values()).isInstanceOf(IllegalStateException.class);
        assertThat(ExportedInputs.NONE.digestOnly().values()).isEmpty();
    }
}
