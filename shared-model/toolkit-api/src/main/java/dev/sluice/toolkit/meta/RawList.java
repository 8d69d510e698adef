package dev.sluice.toolkit.meta;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.annotations.JsonAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/** A list of objects as JSON, which any Gson can read. */
@JsonAdapter(RawList.Adapter.class)
record RawList(JsonElement json) implements KubernetesListObject {

    @Override
    public V1ListMeta getMetadata() {
        return new V1ListMeta();
    }

    @Override
    public List<RawObject> getItems() {
        return List.of();
    }

    @Override
    public String getApiVersion() {
        return "";
    }

    @Override
    public String getKind() {
        return "";
    }

    /** Passes the JSON through. */
    static final class Adapter extends TypeAdapter<RawList> {

        @Override
        public void write(JsonWriter out, RawList value) {
            throw new UnsupportedOperationException("lists are only read");
        }

        @Override
        public RawList read(JsonReader in) {
            return new RawList(JsonParser.parseReader(in));
        }
    }
}
