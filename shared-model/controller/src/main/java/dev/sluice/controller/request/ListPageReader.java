package dev.sluice.controller.request;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.common.KubernetesObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a page of a list and decodes each item separately. For one page only. */
final class ListPageReader<T extends KubernetesObject> {

    /** Far above the object size that an API server accepts. */
    private static final int MAX_ITEM_BYTES = 64 * 1024 * 1024;

    private final ObjectDecoder<T> decoder;
    private final List<T> items = new ArrayList<>();
    private final List<UnreadableObject> unreadable = new ArrayList<>();
    private JsonObject metadata = new JsonObject();

    ListPageReader(ObjectDecoder<T> decoder) {
        this.decoder = decoder;
    }

    ListPage<T> read(InputStream body) throws IOException {
        JsonSlices page = new JsonSlices(body, MAX_ITEM_BYTES);
        page.enter('{');
        while (page.hasNext()) {
            switch (page.name()) {
                case "items" -> items(page);
                case "metadata" -> metadata = parse(page.value());
                default -> page.value();
            }
        }
        return new ListPage<>(text("resourceVersion"), text("continue"), items, unreadable);
    }

    private void items(JsonSlices page) throws IOException {
        page.enter('[');
        while (page.hasNext()) {
            byte[] item = page.value();
            try {
                items.add(decoder.decode(item));
            } catch (UnreadableObjectException e) {
                // an item without a name means that the response is not a list of objects
                unreadable.add(decoder.identify(item, e).orElseThrow(() -> e));
            }
        }
    }

    private static JsonObject parse(byte[] json) throws IOException {
        try {
            return ToolkitJson.gson().fromJson(new String(json, StandardCharsets.UTF_8), JsonObject.class);
        } catch (JsonParseException e) {
            throw new IOException("the response is not a list: " + e.getMessage(), e);
        }
    }

    private String text(String field) {
        return metadata.has(field) ? metadata.get(field).getAsString() : "";
    }
}
