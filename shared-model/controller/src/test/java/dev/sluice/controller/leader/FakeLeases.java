package dev.sluice.controller.leader;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import dev.sluice.kubetest.fake.FakeApi.Asked;
import dev.sluice.kubetest.fake.FakeApi.Handler;
import java.io.IOException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/** A fake API server with one Lease: resource versions, conflicts and outages. */
final class FakeLeases implements Handler {

    volatile boolean down;
    volatile boolean losesAnswers;

    private @Nullable JsonObject lease;
    private int version;

    @Override
    public synchronized Answer answer(Asked asked) throws IOException {
        if (down) {
            throw new ConnectException("refused");
        }
        Answer answer = switch (asked.method()) {
            case "GET" -> lease == null ? Answer.status(404, "no lease") : Answer.ok(lease.toString());
            case "POST" -> lease == null ? store(asked.json()) : Answer.status(409, "exists");
            case "PUT" -> isCurrent(asked.json()) ? store(asked.json()) : Answer.status(409, "changed");
            default -> Answer.status(405, asked.method());
        };
        if (losesAnswers && !asked.method().equals("GET")) {
            throw new IOException("connection reset");
        }
        return answer;
    }

    synchronized void set(String json) {
        store(JsonParser.parseString(json).getAsJsonObject());
    }

    synchronized JsonObject json() {
        return lease == null ? new JsonObject() : lease.deepCopy();
    }

    String spec(String field) {
        JsonObject json = json();
        return json.has("spec") && json.getAsJsonObject("spec").has(field)
                ? json.getAsJsonObject("spec").get(field).getAsString()
                : "";
    }

    private boolean isCurrent(JsonObject json) {
        return lease != null
                && json.getAsJsonObject("metadata")
                        .get("resourceVersion")
                        .equals(lease.getAsJsonObject("metadata").get("resourceVersion"));
    }

    private Answer store(JsonObject json) {
        lease = json.deepCopy();
        lease.getAsJsonObject("metadata").addProperty("resourceVersion", String.valueOf(++version));
        lease.getAsJsonObject("metadata").addProperty("uid", "u1");
        return Answer.ok(lease.toString());
    }
}
