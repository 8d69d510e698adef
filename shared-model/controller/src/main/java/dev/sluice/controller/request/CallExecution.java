package dev.sluice.controller.request;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSyntaxException;
import com.google.gson.stream.JsonReader;
import dev.sluice.toolkit.json.ToolkitJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Executes calls within a time limit and reads the responses. */
final class CallExecution {

    private static final int MAX_ERROR_BODY = 64 * 1024;
    private static final int MAX_REASON = 1_000;

    private final Duration timeout;

    CallExecution(Duration timeout) {
        this.timeout = timeout;
    }

    <T> Optional<T> orNotFound(Call call, String action, Class<T> type) throws IOException {
        try {
            return Optional.of(run(call, action, type));
        } catch (ApiRequestException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    <T> T run(Call call, String action, Class<T> type) throws IOException {
        return run(call, action, body -> read(body, action, type));
    }

    <T> T run(Call call, String action, Answer<T> answer) throws IOException {
        call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            if (!response.isSuccessful()) {
                throw new ApiRequestException(action, response.code(), reason(response));
            }
            return answer.read(response.body());
        } catch (ApiRequestException | UnreadableObjectException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("cannot " + action + ": " + e, e);
        }
    }

    private static <T> T read(ResponseBody body, String action, Class<T> type) throws IOException {
        try (JsonReader reader = new JsonReader(body.charStream())) {
            return read(reader, action, type);
        }
    }

    /**
     * Any author can write an object, so any failure to decode one is an {@link UnreadableObjectException}, not a
     * defect.
     */
    private static <T> T read(JsonReader reader, String action, Class<T> type) throws IOException {
        T value;
        try {
            value = ToolkitJson.gson().fromJson(reader, type);
        } catch (JsonSyntaxException e) {
            if (e.getCause() instanceof IOException) {
                throw new IOException("unexpected response: " + e.getMessage(), e);
            }
            throw unreadable(reader, action, e);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw unreadable(reader, action, e);
        }
        if (value == null) {
            throw new IOException("the response is empty");
        }
        return value;
    }

    private static UnreadableObjectException unreadable(JsonReader reader, String action, Throwable failure) {
        return new UnreadableObjectException(
                action, UnreadableObjectException.reason(reader.getPreviousPath(), failure), failure);
    }

    /** Reads the body of a response. */
    interface Answer<T> {
        T read(ResponseBody body) throws IOException;
    }

    /** Returns the message of the Status object, or else the start of the body. */
    static String reason(Response response) throws IOException {
        String text = response.peekBody(MAX_ERROR_BODY).string();
        try {
            JsonObject status = ToolkitJson.gson().fromJson(text, JsonObject.class);
            if (status != null && status.has("message")) {
                return cut(status.get("message").getAsString());
            }
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            // not a Status object, for example a proxy's error page
        }
        return cut(text.strip());
    }

    private static String cut(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
    }
}
