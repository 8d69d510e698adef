package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.store.StoredObject;
import dev.sluice.kubeapi.table.Tables;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Writes objects and lists in the format that the client requests. */
final class Presenter {

    private final Tables tables;

    Presenter(Tables tables) {
        this.tables = tables;
    }

    ServerResponse written(Call call, Written written) {
        return object(call, written.code(), written.object(), written.warnings());
    }

    ServerResponse object(Call call, int code, ObjectNode tree, List<String> warnings) {
        ObjectNode body = call.wantsTable() ? table(call, List.of(tree)) : tree;
        return Answers.json(code, Json.bytes(body), warnings);
    }

    ServerResponse list(Call call, Page page) {
        if (!call.wantsTable()) {
            return Answers.json(200, joined(call.endpoint(), page), List.of());
        }
        ObjectNode table =
                table(call, page.objects().stream().map(call.endpoint()::tree).toList());
        page.describe(Json.objectAt(table, "metadata"));
        return Answers.json(200, Json.bytes(table), List.of());
    }

    /** Items of built-in lists have no apiVersion and kind; the list itself has them. */
    private static ObjectNode item(Endpoint endpoint, StoredObject object) {
        ObjectNode tree = endpoint.tree(object);
        if (endpoint.resource().custom()) {
            return tree;
        }
        ObjectNode item = Json.object();
        item.setAll(tree);
        item.remove(List.of("apiVersion", "kind"));
        return item;
    }

    private ObjectNode table(Call call, List<ObjectNode> trees) {
        ObjectNode table = tables.of(call.endpoint(), trees, call.include());
        if (trees.size() == 1 && !call.path().name().isEmpty()) {
            Json.objectAt(table, "metadata")
                    .put("resourceVersion", ObjectMeta.view(trees.get(0)).resourceVersion());
        }
        return table;
    }

    /** Joins the cached JSON of the objects, so that large lists are not serialized again. */
    private static byte[] joined(Endpoint endpoint, Page page) {
        ObjectNode head = endpoint.resource().emptyList(endpoint.version());
        page.describe(Json.objectAt(head, "metadata"));
        byte[] start = Json.bytes(head);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(start, 0, start.length - 1);
        out.writeBytes(",\"items\":[".getBytes(StandardCharsets.UTF_8));
        boolean first = true;
        for (StoredObject object : page.objects()) {
            if (!first) {
                out.write(',');
            }
            first = false;
            out.writeBytes(endpoint.resource().custom() ? endpoint.json(object) : Json.bytes(item(endpoint, object)));
        }
        out.writeBytes("]}\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
