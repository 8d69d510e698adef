package dev.sluice.toolkit.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what got lost between the JSON that was read and the JSON that the record made of it would be written as. */
final class UnmodelledFields {

    /** A message that names these is useful; one that names a thousand is not. */
    private static final int MAX_FIELDS = 20;

    private final List<String> paths = new ArrayList<>();

    private UnmodelledFields() {}

    /** The paths in the order of the JSON, at most twenty. */
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

    /** Reading drops nulls in lists. */
    private void compareItems(JsonArray read, JsonArray written, String path) {
        int position = 0;
        for (int i = 0; i < read.size() && position < written.size(); i++) {
            if (!read.get(i).isJsonNull()) {
                compare(read.get(i), written.get(position), path + "[" + i + "]");
                position++;
            }
        }
    }

    /** What asks for nothing: writing may leave it out although it is known. */
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
