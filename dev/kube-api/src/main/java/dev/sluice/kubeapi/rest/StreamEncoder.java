package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.store.StoredObject;
import dev.sluice.kubeapi.table.Tables;
import dev.sluice.kubeapi.watch.WatchRequest;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Encodes the objects of a watch. In table format, only the first table contains the column definitions. */
final class StreamEncoder implements WatchRequest.ObjectEncoder {

    private final Endpoint endpoint;
    private final boolean asTable;
    private final Tables tables;
    private final Tables.Include include;
    private boolean columnsSent;

    StreamEncoder(Endpoint endpoint, boolean asTable, Tables tables, Tables.Include include) {
        this.endpoint = endpoint;
        this.asTable = asTable;
        this.tables = tables;
        this.include = include;
    }

    @Override
    public byte[] encode(StoredObject object) {
        return asTable ? encode(endpoint.tree(object)) : endpoint.json(object);
    }

    @Override
    public byte[] encode(ObjectNode served) {
        return Json.bytes(asTable ? table(served) : served);
    }

    private ObjectNode table(ObjectNode served) {
        ObjectNode table = tables.of(endpoint, List.of(served), include);
        Json.objectAt(table, "metadata")
                .put("resourceVersion", Json.stringAt(served.get("metadata"), "resourceVersion"));
        if (columnsSent) {
            table.putNull("columnDefinitions");
        }
        columnsSent = true;
        return table;
    }
}
