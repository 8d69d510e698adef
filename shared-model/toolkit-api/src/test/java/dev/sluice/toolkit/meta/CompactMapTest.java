package dev.sluice.toolkit.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactMapTest {

    @Test
    void aLargeMapOfInputsIsCompactAndEqual() {
        Map<String, JsonValue> inputs = new LinkedHashMap<>();
        inputs.put("\"quoted\" \u2713", JsonValue.parse("{\"b\": [1.0, null], \"a\": {}}"));
        for (int i = 0; i < 100; i++) {
            inputs.put("key" + i, JsonValue.parse("\"value " + i + "\""));
        }

        ExternalArtifactStatus status = new ExternalArtifactStatus(List.of(), null, inputs);

        assertThat(status.exportedInputs())
                .isInstanceOf(CompactMap.class)
                .hasSize(101)
                .isEqualTo(inputs);
        assertThat(List.copyOf(status.exportedInputs().keySet())).isEqualTo(List.copyOf(inputs.keySet()));
        assertThat(status.exportedInputs().get("key7")).isEqualTo(JsonValue.parse("\"value 7\""));
        assertThat(Immutable.compact(status.exportedInputs())).isSameAs(status.exportedInputs());
        assertThat(ToolkitJson.gson().fromJson(ToolkitJson.gson().toJson(status), ExternalArtifactStatus.class))
                .isEqualTo(status);
        assertThatThrownBy(() -> status.exportedInputs().put("more", JsonValue.parse("1")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> status.exportedInputs().entrySet().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aSmallMapIsPlain() {
        assertThat(Immutable.compact(Map.of("a", JsonValue.parse("1")))).isNotInstanceOf(CompactMap.class);
    }
}
