package dev.sluice.hostile.harness;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** A response of the API server. */
public record ApiResponse(int status, String body) {

    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    public JsonObject json() {
        return JsonParser.parseString(body).getAsJsonObject();
    }

    /** Returns this response; fails if the request was rejected. */
    public ApiResponse orFail() {
        if (!isOk()) {
            throw new AssertionError("the API server responded with %d: %s".formatted(status, body));
        }
        return this;
    }
}
