package dev.sluice.toolkit.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.json.ToolkitJson;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonValueTest {

    static Stream<String> freeForm() {
        return Stream.of(
                "{\"a\":1,\"b\":1.0,\"c\":1.10,\"d\":-0,\"e\":1e5,\"f\":1E-7}",
                "{\"large\":123456789012345678901234567890,\"int64\":9223372036854775807,\"precise\":0.1000000000000000055511151231257827}",
                "{\"z\":1,\"a\":{\"y\":2,\"b\":3}}",
                "{\"null\":null,\"list\":[null,{\"inner\":null},[]],\"empty\":{}}",
                "{\"html\":\"<a href='x'>&</a>\",\"unicode\":\"ß\",\"line\":\"a\\nb\\u2028\"}",
                "[1,\"two\",true]",
                "\"text\"",
                "7");
    }

    @ParameterizedTest
    @MethodSource("freeForm")
    void roundTripsJson(String json) {
        String release =
                "{\"apiVersion\":\"helm.toolkit.fluxcd.io/v2\",\"kind\":\"HelmRelease\",\"metadata\":{\"name\":\"a\"},"
                        + "\"spec\":{\"interval\":\"1m\",\"values\":" + json + "}}";

        HelmRelease read = ToolkitJson.gson().fromJson(release, HelmRelease.class);

        assertThat(ToolkitJson.gson().toJson(read)).isEqualTo(release);
        assertThat(read.spec().values()).isEqualTo(JsonValue.parse(json));
    }

    @Test
    void discardsOnlyWhitespace() {
        assertThat(JsonValue.parse(" { \"b\" : 1.0 , \"a\" : null } ")).hasToString("{\"b\":1.0,\"a\":null}");
        assertThat(JsonValue.parse("1")).isNotEqualTo(JsonValue.parse("1.0"));
    }

    @Test
    void convertsJavaValuesInOrder() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("service", Map.of("type", "ClusterIP"));
        values.put("args", Arrays.asList("-v", null, 1, 1.0, true));
        values.put("nothing", null);

        assertThat(JsonValue.of(values))
                .hasToString(
                        "{\"service\":{\"type\":\"ClusterIP\"},\"args\":[\"-v\",null,1,1.0,true],\"nothing\":null}");
    }

    @Test
    void returnsUnmodifiableJavaValues() {
        Map<?, ?> read = (Map<?, ?>) Objects.requireNonNull(
                JsonValue.parse("{\"n\":1.0,\"l\":[1,null]}").toJava());

        assertThat(read.get("n")).isEqualTo(new BigDecimal("1.0"));
        assertThat(read.get("l")).isEqualTo(Arrays.asList(BigDecimal.ONE, null));
        assertThatThrownBy(read::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesInvalidJson() {
        for (String text : new String[] {"", "{", "{a:1}", "{\"a\":1}x", "NaN"}) {
            assertThatThrownBy(() -> JsonValue.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("cannot read JSON");
        }
        assertThatThrownBy(() -> JsonValue.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
