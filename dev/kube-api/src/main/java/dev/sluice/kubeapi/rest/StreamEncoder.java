package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Form;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.store.StoredObject;
import dev.sluice.kubeapi.table.Tables;
import dev.sluice.kubeapi.watch.WatchRequest;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How a watch shows objects; its first table names the columns, the others leave them out. */
final class StreamEncoder implements WatchRequest.ObjectEncoder {

    private final Endpoint endpoint;
    private final Form.View view;
    private final Tables tables;
    private final Tables.Include include;
    private boolean columnsSent;

    StreamEncoder(Endpoint endpoint, Form.View view, Tables tables, Tables.Include include) {
        this.endpoint = endpoint;
        this.view = view;
        this.tables = tables;
        this.include = include;
    }

    @Override
    public byte[] encode(StoredObject object) {
        return view == Form.View.FULL ? endpoint.json(object) : encode(endpoint.tree(object));
    }

    @Override
    public byte[] encode(ObjectNode served) {
        return Json.bytes(
                switch (view) {
                    case FULL -> served;
                    case METADATA -> PartialMetadata.of(served);
                    case TABLE -> table(served);
                });
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
