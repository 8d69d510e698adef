package dev.sluice.reconciler.generator;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a status, as the operations of a JSON patch. The first of them is a test of the object's UID: API
 * servers ignore a UID in any other patch of a status, and another object may have taken the name.
 */
record StatusPatch(JsonArray operations) {

    private static final String STATUS = "/status";

    static StatusPatch between(JsonElement uid, @Nullable JsonObject before, JsonObject after) {
        StatusPatch patch = new StatusPatch(new JsonArray());
        patch.add("test", "/metadata/uid", uid);
        if (before == null) {
            patch.add("add", STATUS, after);
            return patch;
        }
        after.entrySet().stream()
                .filter(field -> !field.getValue().equals(before.get(field.getKey())))
                .forEach(field -> patch.add("add", STATUS + "/" + field.getKey(), field.getValue()));
        before.keySet().stream()
                .filter(name -> !after.has(name))
                .forEach(name -> patch.add("remove", STATUS + "/" + name, null));
        return patch;
    }

    private void add(String operation, String path, @Nullable JsonElement value) {
        JsonObject json = new JsonObject();
        json.addProperty("op", operation);
        json.addProperty("path", path);
        if (value != null) {
            json.add("value", value);
        }
        operations.add(json);
    }
}
