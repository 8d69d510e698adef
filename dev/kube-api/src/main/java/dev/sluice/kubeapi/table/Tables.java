package dev.sluice.kubeapi.table;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates {@code meta.k8s.io/v1} Tables. */
public final class Tables {

    /** How much of each object a row contains. */
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
        Layout layout = Layout.of(endpoint);
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        layout.define(table.putArray("columnDefinitions"));
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            layout.cells(object, now).forEach(cells::add);
            include(row, object, include);
        }
        return table;
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
