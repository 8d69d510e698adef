package dev.sluice.toolkit.meta;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.annotations.JsonAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;

/**
 * An object as JSON, which any Gson can read and write.
 *
 * @param metadata of an object to be written; empty for one that was read
 */
@JsonAdapter(RawObject.Adapter.class)
record RawObject(JsonElement json, V1ObjectMeta metadata) implements KubernetesObject {

    @Override
    public V1ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public String getApiVersion() {
        return "";
    }

    @Override
    public String getKind() {
        return "";
    }

    /** Passes the JSON through, with the nulls of free-form JSON. */
    static final class Adapter extends TypeAdapter<RawObject> {

        private final TypeAdapter<JsonElement> elements = new Gson().getAdapter(JsonElement.class);

        @Override
        public void write(JsonWriter out, RawObject value) throws IOException {
            boolean withNulls = out.getSerializeNulls();
            out.setSerializeNulls(true);
            try {
                elements.write(out, value.json);
            } finally {
                out.setSerializeNulls(withNulls);
            }
        }

        @Override
        public RawObject read(JsonReader in) throws IOException {
            return new RawObject(JsonParser.parseReader(in), new V1ObjectMeta());
        }
    }
}
