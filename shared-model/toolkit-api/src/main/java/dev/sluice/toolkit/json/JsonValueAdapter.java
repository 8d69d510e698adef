package dev.sluice.toolkit.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Free-form JSON; writes nulls, which are omitted everywhere else. */
final class JsonValueAdapter extends TypeAdapter<@Nullable JsonValue> {

    private final TypeAdapter<JsonElement> elements = new Gson().getAdapter(JsonElement.class);

    @Override
    public void write(JsonWriter out, @Nullable JsonValue value) throws IOException {
        if (value == null) {
            out.nullValue();
            return;
        }
        boolean withNulls = out.getSerializeNulls();
        out.setSerializeNulls(true);
        try {
            elements.write(out, JsonParser.parseString(value.json()));
        } finally {
            out.setSerializeNulls(withNulls);
        }
    }

    @Override
    public @Nullable JsonValue read(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.NULL) {
            in.nextNull();
            return null;
        }
        return JsonValue.of(elements.read(in));
    }
}
