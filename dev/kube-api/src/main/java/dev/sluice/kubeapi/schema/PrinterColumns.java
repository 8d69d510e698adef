package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.json.GoJsonText;
import dev.sluice.kubeapi.status.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** The table columns of a custom resource: its name, then the columns of the CRD, or its age. Immutable. */
public final class PrinterColumns {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> TYPES = Set.of("integer", "number", "string", "boolean", "date");

    /**
     * A column.
     *
     * @param format the format; empty if there is none
     */
    public record Column(String name, String type, String format, String description, int priority) {}

    private record Cell(String type, JsonPath path) {}

    private final List<Column> columns;
    private final List<Cell> cells;

    private PrinterColumns(List<Column> columns, List<Cell> cells) {
        this.columns = List.copyOf(columns);
        this.cells = List.copyOf(cells);
    }

    /**
     * Parses {@code additionalPrinterColumns} of a CRD version.
     *
     * @param path path in the CRD, for messages
     * @throws InvalidSchemaException if a column lacks a name, a known type or a supported path
     */
    public static PrinterColumns parse(JsonNode additionalPrinterColumns, String path) throws InvalidSchemaException {
        List<Cause> errors = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        columns.add(new Column("Name", "string", "name", "Name of the object, unique within its namespace.", 0));
        for (JsonNode json : additionalPrinterColumns) {
            parseColumn(json, path + "[" + cells.size() + "]", errors, columns, cells);
        }
        if (!errors.isEmpty()) {
            throw new InvalidSchemaException(errors);
        }
        if (cells.isEmpty()) {
            columns.add(new Column("Age", "date", "", "When the object was created, in the server's time.", 0));
            cells.add(new Cell("date", JsonPath.parse(".metadata.creationTimestamp")));
        }
        return new PrinterColumns(columns, cells);
    }

    private static void parseColumn(
            JsonNode json, String path, List<Cause> errors, List<Column> columns, List<Cell> cells) {
        String name = json.path("name").asString("");
        String type = json.path("type").asString("");
        String jsonPath = json.path("jsonPath").asString("");
        if (name.isEmpty()) {
            errors.add(Cause.required(path + ".name", ""));
        }
        if (!TYPES.contains(type)) {
            errors.add(Cause.invalid(
                    path + ".type", Cause.quote(type), "must be one of boolean,date,integer,number,string"));
        }
        try {
            cells.add(new Cell(type, JsonPath.parse(jsonPath)));
        } catch (IllegalArgumentException e) {
            errors.add(Cause.invalid(path + ".jsonPath", Cause.quote(jsonPath), String.valueOf(e.getMessage())));
        }
        String description = json.path("description")
                .asString("Custom resource definition column (in JSONPath format): " + jsonPath);
        String format = json.path("format").asString("");
        columns.add(new Column(
                name, type, format, description, json.path("priority").asInt(0)));
    }

    /** The columns, starting with the name. */
    public List<Column> columns() {
        return columns;
    }

    /** Returns the cells of an object's row; null nodes for missing values. Dates are shown as ages. */
    public List<JsonNode> cells(JsonNode object, Instant now) {
        List<JsonNode> row = new ArrayList<>();
        row.add(JSON.stringNode(object.path("metadata").path("name").asString("")));
        cells.forEach(cell -> row.add(cell(cell, object, now)));
        return row;
    }

    private static JsonNode cell(Cell cell, JsonNode object, Instant now) {
        List<JsonNode> found = cell.path().find(object);
        return found.isEmpty() ? NullNode.instance : shown(found.get(0), cell.type(), now);
    }

    private static JsonNode shown(JsonNode value, String type, Instant now) {
        return switch (type) {
            case "string" -> JSON.stringNode(text(value));
            case "integer" -> value.isNumber() ? JSON.numberNode(whole(value)) : NullNode.instance;
            case "number" -> value.isNumber() ? value : NullNode.instance;
            case "boolean" -> value.isBoolean() ? value : NullNode.instance;
            default -> value.isString() ? JSON.stringNode(Ages.since(value.stringValue(), now)) : NullNode.instance;
        };
    }

    private static long whole(JsonNode value) {
        boolean exact = value.isIntegralNumber() && value.canConvertToLong();
        return exact ? value.longValue() : (long) value.doubleValue();
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "<no value>";
        }
        return value.isString() ? value.stringValue() : GoJsonText.compact(value);
    }
}
