package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.http.Encoding;
import dev.sluice.kubeapi.http.Form;
import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.store.StoredObject;
import dev.sluice.kubeapi.table.Tables;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows objects and lists in the form that the client asked for. */
final class Presenter {

    private final Tables tables;

    Presenter(Tables tables) {
        this.tables = tables;
    }

    static Form form(Call call) {
        return Form.negotiate(Answers.accept(call.request()));
    }

    ServerResponse written(Call call, Written written) {
        return object(call, written.code(), written.object(), written.warnings());
    }

    ServerResponse object(Call call, int code, ObjectNode tree, List<String> warnings) {
        Form form = form(call);
        ObjectNode body = switch (form.view()) {
            case FULL -> tree;
            case METADATA -> PartialMetadata.of(tree);
            case TABLE -> table(call, List.of(tree));
        };
        return Answers.bytes(code, form.encoding().mediaType(), form.encoding().bytes(body), all(call, warnings));
    }

    ServerResponse list(Call call, Page page) {
        Form form = form(call);
        byte[] body = form.view() == Form.View.FULL && form.encoding() == Encoding.JSON
                ? joined(call.endpoint(), page)
                : form.encoding().bytes(tree(call, page, form.view()));
        return Answers.bytes(200, form.encoding().mediaType(), body, all(call, List.of()));
    }

    private ObjectNode tree(Call call, Page page, Form.View view) {
        Endpoint endpoint = call.endpoint();
        if (view == Form.View.TABLE) {
            ObjectNode table =
                    table(call, page.objects().stream().map(endpoint::tree).toList());
            page.describe(Json.objectAt(table, "metadata"));
            return table;
        }
        boolean partial = view == Form.View.METADATA;
        ObjectNode list =
                partial ? PartialMetadata.emptyList() : endpoint.resource().emptyList(endpoint.version());
        page.describe(Json.objectAt(list, "metadata"));
        ArrayNode items = list.putArray("items");
        for (StoredObject object : page.objects()) {
            items.add(partial ? PartialMetadata.of(endpoint.tree(object)) : item(endpoint, object));
        }
        return list;
    }

    /** Lists of built-in kinds say what they hold once, in front. */
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

    /** The list put together from the objects' kept bytes: thousands of objects are not written anew each time. */
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

    private static List<String> all(Call call, List<String> warnings) {
        String deprecation = call.endpoint().version().warning();
        if (deprecation.isEmpty()) {
            return warnings;
        }
        List<String> all = new ArrayList<>();
        all.add(deprecation);
        all.addAll(warnings);
        return all;
    }
}
