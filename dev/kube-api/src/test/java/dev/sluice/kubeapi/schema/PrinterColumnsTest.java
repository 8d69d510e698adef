package dev.sluice.kubeapi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Expected cells were recorded from kube-apiserver v1.35.4. */
class PrinterColumnsTest {

    /** The time of the recording, for ages. */
    private static final Instant RECORDED = Instant.parse("2026-11-22T22:00:00Z");

    record Case(JsonNode column, JsonNode object) {

        @Override
        public String toString() {
            return column.path("jsonPath").asString() + " as "
                    + column.path("type").asString();
        }
    }

    static Stream<Case> columns() throws IOException {
        JsonNode table = JsonTable.read("columns.json");
        return table.path("columns").valueStream().map(column -> new Case(column, table.path("object")));
    }

    private static PrinterColumns parse(JsonNode column) throws InvalidSchemaException {
        ArrayNode columns = JsonMapper.shared().createArrayNode();
        columns.add(column);
        return PrinterColumns.parse(columns, "columns");
    }

    @ParameterizedTest
    @MethodSource("columns")
    void cellsMatchRealServer(Case given) throws InvalidSchemaException {
        JsonNode cell = parse(given.column()).cells(given.object(), RECORDED).get(1);
        assertThat(cell.toString()).isEqualTo(given.column().path("cell").toString());
    }

    @Test
    void defaultColumnsAreNameAndAge() throws InvalidSchemaException {
        PrinterColumns columns = PrinterColumns.parse(JsonMapper.shared().createArrayNode(), "columns");
        assertThat(columns.columns()).extracting(PrinterColumns.Column::name).containsExactly("Name", "Age");
        JsonNode object = JsonMapper.shared()
                .readTree("{\"metadata\": {\"name\": \"a\", \"creationTimestamp\": \"2026-11-22T21:58:00Z\"}}");
        assertThat(columns.cells(object, RECORDED))
                .extracting(JsonNode::asString)
                .containsExactly("a", "2m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec", ".spec[", ".a[x]", ".a[?(@.b", ".a[?(@.b==c)]", ".a[::0]"})
    void rejectsInvalidPaths(String path) {
        JsonNode column = JsonMapper.shared()
                .createObjectNode()
                .put("name", "A")
                .put("type", "string")
                .put("jsonPath", path);
        assertThatThrownBy(() -> parse(column))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("columns[0].jsonPath: Invalid value: \"" + path);
    }

    @ParameterizedTest
    @CsvSource({
        "PT-5S,<invalid>",
        "PT-1S,0s",
        "PT0S,0s",
        "PT119S,119s",
        "PT120S,2m",
        "PT125S,2m5s",
        "PT10M,10m",
        "PT179M,179m",
        "PT3H,3h",
        "PT3H5M,3h5m",
        "PT8H,8h",
        "PT47H,47h",
        "PT48H,2d",
        "PT50H,2d2h",
        "P8D,8d",
        "P729D,729d",
        "P730D,2y",
        "P800D,2y70d",
        "P3000D,8y"
    })
    void formatsAges(Duration age, String words) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Ages.since(now.minus(age).toString(), now)).isEqualTo(words);
    }
}
