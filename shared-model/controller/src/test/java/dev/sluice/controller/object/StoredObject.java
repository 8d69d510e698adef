package dev.sluice.controller.object;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.kubetest.fake.FakeApi.Asked;
import dev.sluice.toolkit.json.ToolkitJson;

/** One object on a fake API server, which applies merge patches and refuses those of older versions. */
final class StoredObject {

    final FakeApi api = new FakeApi(this::answer);

    private JsonObject object;
    private int version = 1;

    StoredObject(String json) {
        this.object = JsonParser.parseString(json).getAsJsonObject();
        setVersion();
    }

    TestSource read() {
        return ToolkitJson.gson().fromJson(object, TestSource.class);
    }

    /** Changes the object as another client. */
    synchronized void edit(String patch) {
        merge(object, JsonParser.parseString(patch).getAsJsonObject());
        setVersion();
    }

    long writes() {
        return api.requests().stream()
                .filter(asked -> !asked.method().equals("GET"))
                .count();
    }

    private synchronized Answer answer(Asked asked) {
        if (asked.method().equals("PATCH")) {
            JsonObject patch = asked.json();
            String expected =
                    patch.getAsJsonObject("metadata").remove("resourceVersion").getAsString();
            if (!expected.equals(Integer.toString(version))) {
                return Answer.status(409, "the object has been modified");
            }
            merge(object, patch);
            version++;
            setVersion();
        }
        return Answer.ok(object.toString());
    }

    private void setVersion() {
        object.getAsJsonObject("metadata").addProperty("resourceVersion", Integer.toString(version));
    }

    private static void merge(JsonObject target, JsonObject patch) {
        patch.asMap().forEach((name, value) -> {
            if (value.isJsonNull()) {
                target.remove(name);
            } else if (value.isJsonObject() && target.has(name)) {
                merge(target.getAsJsonObject(name), value.getAsJsonObject());
            } else {
                target.add(name, value);
            }
        });
    }
}
