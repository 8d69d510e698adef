package dev.sluice.hostile.arena;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** What the API server answered. */
public record Reply(int status, String body) {

    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    public JsonObject json() {
        return JsonParser.parseString(body).getAsJsonObject();
    }

    /** Itself, for requests that must not be refused. */
    public Reply orFail() {
        if (!isOk()) {
            throw new AssertionError("the API server answered %d: %s".formatted(status, body));
        }
        return this;
    }
}
