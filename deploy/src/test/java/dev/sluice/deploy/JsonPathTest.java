package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {

    private static final JsonElement OBJECT = JsonParser.parseString("""
            {"metadata": {"name": "app", "labels": {"a.b/c": "d", "e": "f"}},
            "status": {"ready": true, "conditions": [
            {"type": "Ready", "message": "one"}, {"type": "Stalled", "message": "two"}]}}
            """);

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiter = ';', textBlock = """
            {.metadata.name};                                    app
            {.metadata.labels};                                  {"a.b/c":"d","e":"f"}
            {.metadata.labels.a\\.b/c};                          d
            {.status.ready};                                     true
            {.status.conditions[*].message};                     one two
            {.status.conditions[?(@.type=='Stalled')].message};  two
            {.status.conditions[?(@.type=="Ready")].message};    one
            {.metadata.name}/{.status.ready};                    app/true
            {.metadata.uid};                                     ||
            {.metadata.uid.of.nothing[*].more};                  ||
            """)
    void printsLikeKubectl(String template, String expected) {
        assertThat(JsonPath.print(OBJECT, template)).isEqualTo(expected);
    }

    @Test
    void refusesWhatItDoesNotSupport() {
        assertThatThrownBy(() -> JsonPath.print(OBJECT, "{.status.conditions[1:]}"))
                .hasMessageContaining("unsupported JSONPath: [1:]");
    }
}
