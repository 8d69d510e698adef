package dev.sluice.toolkit.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Object metadata without the empty lists and maps that the generated model adds. */
final class MetadataAdapter extends TypeAdapter<@Nullable V1ObjectMeta> {

    private final TypeAdapter<V1ObjectMeta> model;
    private final TypeAdapter<JsonElement> elements;

    MetadataAdapter(Gson gson) {
        this.model = gson.getAdapter(V1ObjectMeta.class);
        this.elements = gson.getAdapter(JsonElement.class);
    }

    @Override
    public void write(JsonWriter out, @Nullable V1ObjectMeta metadata) throws IOException {
        if (metadata == null) {
            out.nullValue();
            return;
        }
        JsonObject tree = model.toJsonTree(metadata).getAsJsonObject();
        tree.entrySet().removeIf(entry -> isEmpty(entry.getValue()));
        elements.write(out, tree);
    }

    @Override
    public @Nullable V1ObjectMeta read(JsonReader in) throws IOException {
        return model.read(in);
    }

    private static boolean isEmpty(JsonElement value) {
        return value.isJsonNull()
                || (value.isJsonArray() && value.getAsJsonArray().isEmpty())
                || (value.isJsonObject() && value.getAsJsonObject().isEmpty());
    }
}
