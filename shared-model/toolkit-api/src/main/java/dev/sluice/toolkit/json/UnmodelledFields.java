package dev.sluice.toolkit.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds fields that were lost, by comparing the JSON that was read with the JSON of the resulting record. */
final class UnmodelledFields {

    /** Limits the number of fields in a message. */
    private static final int MAX_FIELDS = 20;

    private final List<String> paths = new ArrayList<>();

    private UnmodelledFields() {}

    /** Returns the paths in the order of the JSON, at most twenty. */
    static List<String> between(JsonObject read, JsonObject written) {
        UnmodelledFields fields = new UnmodelledFields();
        fields.compare(read, written, "");
        return List.copyOf(fields.paths);
    }

    private void compare(JsonElement read, @Nullable JsonElement written, String path) {
        if (paths.size() >= MAX_FIELDS || isEmpty(read)) {
            return;
        }
        if (written == null) {
            paths.add(path);
        } else if (read.isJsonObject() && written.isJsonObject()) {
            JsonObject known = written.getAsJsonObject();
            read.getAsJsonObject()
                    .asMap()
                    .forEach((name, value) ->
                            compare(value, known.get(name), path.isEmpty() ? name : path + "." + name));
        } else if (read.isJsonArray() && written.isJsonArray()) {
            compareItems(read.getAsJsonArray(), written.getAsJsonArray(), path);
        }
    }

    /** Skips null items, which are dropped when reading. */
    private void compareItems(JsonArray read, JsonArray written, String path) {
        int position = 0;
        for (int i = 0; i < read.size() && position < written.size(); i++) {
            if (!read.get(i).isJsonNull()) {
                compare(read.get(i), written.get(position), path + "[" + i + "]");
                position++;
            }
        }
    }

    /** Whether the value is empty: writing may omit such a value even if the field is known. */
    private static boolean isEmpty(JsonElement value) {
        if (value.isJsonObject()) {
            return value.getAsJsonObject().asMap().values().stream().allMatch(UnmodelledFields::isEmpty);
        }
        if (value.isJsonArray()) {
            return value.getAsJsonArray().asList().stream().allMatch(UnmodelledFields::isEmpty);
        }
        return value.isJsonNull()
                || (value.getAsJsonPrimitive().isString() && value.getAsString().isEmpty());
    }
}
