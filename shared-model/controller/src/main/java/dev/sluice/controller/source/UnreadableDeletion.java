package dev.sluice.controller.source;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Removes the finalizer from an object that cannot be read, once its deletion was requested. */
record UnreadableDeletion(ApiRequests requests, ApiKind kind, String manager, String finalizer) {

    /** Removes what was created for an object. */
    interface Cleanup {
        void run(Map<String, String> annotations) throws IOException;
    }

    /** Does nothing for an object that is not being deleted. */
    void run(ObjectKey key, Cleanup cleanup) throws IOException {
        Optional<JsonObject> object = requests.get(kind, key, JsonObject.class);
        if (object.isEmpty()) {
            return;
        }
        JsonObject metadata = object.get().getAsJsonObject("metadata");
        JsonArray finalizers = metadata.has("finalizers")
                ? metadata.getAsJsonArray("finalizers").deepCopy()
                : new JsonArray();
        if (metadata.has("deletionTimestamp") && finalizers.remove(new JsonPrimitive(finalizer))) {
            cleanup.run(annotations(metadata));
            removeFinalizer(key, metadata, finalizers);
        }
    }

    private static Map<String, String> annotations(JsonObject metadata) {
        Map<String, String> annotations = new HashMap<>();
        if (metadata.has("annotations")) {
            metadata.getAsJsonObject("annotations")
                    .asMap()
                    .forEach((name, value) -> annotations.put(name, value.getAsString()));
        }
        return annotations;
    }

    private void removeFinalizer(ObjectKey key, JsonObject metadata, JsonArray remaining) throws IOException {
        JsonObject changed = new JsonObject();
        changed.add("resourceVersion", metadata.get("resourceVersion"));
        changed.add("finalizers", remaining);
        JsonObject patch = new JsonObject();
        patch.add("metadata", changed);
        JsonObject unused = requests.mergePatch(ResourcePath.of(kind, key), manager, patch, JsonObject.class);
    }
}
