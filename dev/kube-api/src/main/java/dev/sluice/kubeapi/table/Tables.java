package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes {@code meta.k8s.io/v1} Tables. */
public final class Tables {

    /** How much of each object a row carries. */
    public enum Include {
        NONE,
        METADATA,
        OBJECT
    }

    private final Clock clock;

    public Tables(Clock clock) {
        this.clock = clock;
    }

    public ObjectNode of(Endpoint endpoint, List<ObjectNode> objects, Include include) {
        Instant now = clock.instant();
        List<Column> columns = Columns.of(endpoint, now);
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        define(table.putArray("columnDefinitions"), columns);
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().apply(object)));
            include(row, object, include);
        }
        return table;
    }

    private static void define(ArrayNode definitions, List<Column> columns) {
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", column.description())
                    .put("priority", column.priority());
        }
    }

    private static void include(ObjectNode row, ObjectNode object, Include include) {
        switch (include) {
            case NONE -> {}
            case METADATA -> {
                ObjectNode partial =
                        Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
                partial.set("metadata", Json.objectAt(object, "metadata"));
                row.set("object", partial);
            }
            case OBJECT -> row.set("object", object);
        }
    }
}
