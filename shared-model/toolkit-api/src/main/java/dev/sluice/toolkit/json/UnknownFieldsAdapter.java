package dev.sluice.toolkit.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a record with a component that lists the fields which the record does not have. */
final class UnknownFieldsAdapter<T> extends TypeAdapter<@Nullable T> {

    private final TypeAdapter<@Nullable T> record;
    private final String component;

    UnknownFieldsAdapter(TypeAdapter<@Nullable T> record, String component) {
        this.record = record;
        this.component = component;
    }

    TypeAdapter<@Nullable T> record() {
        return record;
    }

    @Override
    public void write(JsonWriter out, @Nullable T value) throws IOException {
        record.write(out, value);
    }

    @Override
    public @Nullable T read(JsonReader in) throws IOException {
        JsonElement tree = JsonParser.parseReader(in);
        if (!tree.isJsonObject()) {
            return record.fromJsonTree(tree);
        }
        JsonObject read = tree.getAsJsonObject();
        JsonObject known = read.deepCopy();
        // a JSON field with the name of this component is also unknown
        known.remove(component);
        T plain = record.fromJsonTree(known);
        List<String> unknown =
                UnmodelledFields.between(read, record.toJsonTree(plain).getAsJsonObject());
        if (unknown.isEmpty()) {
            return plain;
        }
        JsonArray paths = new JsonArray();
        unknown.forEach(paths::add);
        known.add(component, paths);
        return record.fromJsonTree(known);
    }
}
