package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.schema.PrinterColumns;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns of a resource's tables. */
interface Layout {

    void define(ArrayNode definitions);

    List<JsonNode> cells(ObjectNode object, Instant now);

    static Layout of(Endpoint endpoint) {
        return endpoint.version()
                .columns()
                .<Layout>map(Custom::new)
                .orElseGet(() -> new BuiltIn(BuiltInColumns.of(endpoint.kind())));
    }

    /** The columns of a CRD. */
    record Custom(PrinterColumns columns) implements Layout {

        @Override
        public void define(ArrayNode definitions) {
            columns.columns()
                    .forEach(c -> describe(definitions, c.name(), c.type(), c.format(), c.description(), c.priority()));
        }

        @Override
        public List<JsonNode> cells(ObjectNode object, Instant now) {
            return columns.cells(object, now);
        }
    }

    /** The columns of a built-in kind. */
    record BuiltIn(List<Column> columns) implements Layout {

        @Override
        public void define(ArrayNode definitions) {
            columns.forEach(c -> describe(definitions, c.name(), c.type(), c.format(), c.description(), c.priority()));
        }

        @Override
        public List<JsonNode> cells(ObjectNode object, Instant now) {
            return columns.stream().map(c -> c.cell().apply(object, now)).toList();
        }
    }

    private static void describe(
            ArrayNode definitions, String name, String type, String format, String description, int priority) {
        definitions
                .addObject()
                .put("name", name)
                .put("type", type)
                .put("format", format)
                .put("description", description)
                .put("priority", priority);
    }
}
