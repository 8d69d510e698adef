package dev.sluice.controller.source;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.kubetest.fake.FakeApi.Asked;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects on a fake API server, which merges every patch; an object is gone when it is deleted and has no finalizer. */
final class FakeObjects {

    final FakeApi api = new FakeApi(this::answer);

    private final Map<String, JsonObject> objects = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int version;

    /** @param path such as {@code testsources/apps/one} */
    synchronized void put(String path, String json) {
        String[] parts = path.split("/", -1);
        JsonObject object = JsonParser.parseString(json).getAsJsonObject();
        if (!object.has("metadata")) {
            object.add("metadata", new JsonObject());
        }
        object.getAsJsonObject("metadata").addProperty("namespace", parts[1]);
        object.getAsJsonObject("metadata").addProperty("name", parts[2]);
        object.getAsJsonObject("metadata").addProperty("uid", "uid-" + path);
        objects.put(path, object);
        changed(object);
    }

    synchronized Optional<JsonObject> find(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    synchronized void edit(String path, String patch) {
        merge(find(path).orElseThrow(), JsonParser.parseString(patch).getAsJsonObject());
    }

    /**
     * Refuses requests with this status.
     *
     * @param request such as {@code PATCH testsources/apps/one/status}
     */
    synchronized void refuse(String request, int code) {
        refusals.put(request, code);
    }

    synchronized void permit(String request) {
        refusals.remove(request);
    }

    private synchronized Answer answer(Asked asked) {
        String requested = asked.path()
                .replaceFirst("^/apis/[^/]+/[^/]+/namespaces/([^/]+)/([^/]+)/([^/]+)(/status)?$", "$2/$1/$3$4");
        Integer refusal = refusals.get(asked.method() + " " + requested);
        if (refusal != null) {
            return Answer.status(refusal, "refused");
        }
        String path = requested.replaceFirst("/status$", "");
        JsonObject object = objects.get(path);
        if (asked.method().equals("PATCH")) {
            if (object == null) {
                put(path, asked.body());
            } else {
                merge(object, asked.json());
                changed(object);
            }
            JsonObject written = find(path).orElseThrow();
            if (isGone(written)) {
                objects.remove(path);
            }
            return Answer.ok(written.toString());
        } else if (object == null) {
            return Answer.status(404, "not found");
        } else if (asked.method().equals("DELETE")) {
            objects.remove(path);
        }
        return Answer.ok(object.toString());
    }

    private static boolean isGone(JsonObject object) {
        JsonObject metadata = object.getAsJsonObject("metadata");
        return metadata.has("deletionTimestamp")
                && metadata.getAsJsonArray("finalizers").isEmpty();
    }

    private void changed(JsonObject object) {
        object.getAsJsonObject("metadata").add("resourceVersion", new JsonPrimitive(Integer.toString(++version)));
    }

    private static void merge(JsonObject target, JsonObject patch) {
        for (Map.Entry<String, JsonElement> field : patch.entrySet()) {
            String name = field.getKey();
            JsonElement value = field.getValue();
            if (value.isJsonNull()) {
                target.remove(name);
            } else if (value.isJsonObject() && target.has(name)) {
                merge(target.getAsJsonObject(name), value.getAsJsonObject());
            } else {
                target.add(name, value);
            }
        }
    }
}
