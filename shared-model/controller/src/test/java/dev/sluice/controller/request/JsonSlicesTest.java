package dev.sluice.controller.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSlicesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,"b":"x"}                 | {a=1, b="x"}
            { "a" : -1.5e3 , "b" : null }   | {a=-1.5e3, b=null}
            {"a":{"b":[1,{"c":"}]"}]},"d":2}| {a={"b":[1,{"c":"}]"}]}, d=2}
            {"a":"\\\\","b":"\\"}","c":true}| {a="\\\\", b="\\"}", c=true}
            {"a":[],"b":{}}                 | {a=[], b={}}
            {}                              | {}
            """)
    void splitsAnObjectIntoItsFields(String json, String fields) throws IOException {
        assertThat(cut(json)).hasToString(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[1]", "{\"a\"", "{\"a\":", "{\"a\":[1", "{\"a\":\"x", "{\"a\":}", "{a"})
    void truncatedOrInvalidJsonIsAnIoException(String json) {
        assertThatThrownBy(() -> cut(json)).isInstanceOf(IOException.class).hasMessageContaining("invalid JSON");
    }

    @Test
    void acceptsAnyDepth() throws IOException {
        String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);

        assertThat(cut("{\"a\":" + deep + "}").get("a")).hasSize(2_000_000);
    }

    @Test
    void limitsTheSizeOfAValue() {
        assertThatThrownBy(() -> cut("{\"a\":\"" + "x".repeat(3_000_000) + "\"}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 2000000 bytes");
    }

    private static Map<String, String> cut(String json) throws IOException {
        JsonSlices slices = new JsonSlices(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), 2_000_000);
        Map<String, String> fields = new LinkedHashMap<>();
        slices.enter('{');
        while (slices.hasNext()) {
            fields.put(slices.name(), new String(slices.value(), StandardCharsets.UTF_8));
        }
        return fields;
    }
}
