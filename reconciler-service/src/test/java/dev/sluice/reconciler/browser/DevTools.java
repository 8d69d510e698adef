package dev.sluice.reconciler.browser;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A connection to a browser in the Chrome DevTools Protocol: JSON messages over a WebSocket. Thread-safe. */
final class DevTools implements WebSocket.Listener, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, JsonObject>> listeners = new ConcurrentHashMap<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;
    private int lastId;

    static DevTools connect(URI address) {
        DevTools tools = new DevTools();
        tools.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(LIMIT)
                .buildAsync(address, tools)
                .join();
        return tools;
    }

    /** Receives the events of a session as method and parameters, in the thread of the connection. */
    void listen(String session, BiConsumer<String, JsonObject> listener) {
        listeners.put(session, listener);
    }

    /** Calls a method and returns its result. */
    JsonObject call(@Nullable String session, String method, Map<String, ?> parameters) {
        try {
            JsonObject answer = send(session, method, parameters).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (answer.has("error")) {
                throw new IllegalStateException(method + ": " + answer.get("error"));
            }
            return answer.getAsJsonObject("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method, e);
        }
    }

    /** Calls a method without waiting for its result. */
    synchronized CompletableFuture<JsonObject> send(
            @Nullable String session, String method, Map<String, ?> parameters) {
        JsonObject message = new JsonObject();
        message.addProperty("id", ++lastId);
        message.addProperty("method", method);
        message.add("params", new Gson().toJsonTree(parameters));
        if (session != null) {
            message.addProperty("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(lastId, answer);
        if (socket != null) {
            socket.sendText(message.toString(), true).join();
        }
        return answer;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            JsonObject message = JsonParser.parseString(partial.toString()).getAsJsonObject();
            partial.setLength(0);
            received(message);
        }
        from.request(1);
        return null;
    }

    private void received(JsonObject message) {
        if (message.has("id")) {
            CompletableFuture<JsonObject> answer =
                    answers.remove(message.get("id").getAsInt());
            if (answer != null) {
                answer.complete(message);
            }
        } else if (message.has("sessionId")) {
            BiConsumer<String, JsonObject> listener =
                    listeners.get(message.get("sessionId").getAsString());
            if (listener != null) {
                listener.accept(message.get("method").getAsString(), message.getAsJsonObject("params"));
            }
        }
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        answers.values().forEach(answer -> answer.completeExceptionally(failure));
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
