package dev.sluice.controller.request;

import dev.sluice.toolkit.meta.ApiKind;
import io.kubernetes.client.openapi.ApiClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Opens watches on connections that detect a dead peer: by pings on HTTP/2, and by a read timeout on any. Thread-safe.
 */
public final class WatchRequests {

    private static final Duration PING = Duration.ofSeconds(20);

    /** Far above the object size that an API server accepts. */
    private static final int MAX_EVENT_BYTES = 64 * 1024 * 1024;

    private final CallFactory calls;
    private final OkHttpClient http;

    /**
     * Creates watch requests.
     *
     * @param silence a connection counts as broken after this time without a byte
     */
    public WatchRequests(ApiClient client, Duration silence) {
        this.calls = new CallFactory(client);
        // a separate pool: the ping interval belongs to the connection, and connections of other clients send no pings
        this.http = client.getHttpClient()
                .newBuilder()
                .readTimeout(silence)
                .pingInterval(PING)
                .connectionPool(new ConnectionPool())
                .build();
    }

    /**
     * Opens a watch with bookmarks.
     *
     * @param namespace empty for all namespaces
     * @param query further query parameters, for example {@code resourceVersion}
     * @throws ApiRequestException if the API server refuses; 410 if the resource version is too old
     */
    public OpenWatch open(ApiKind kind, String namespace, Map<String, String> query) throws IOException {
        ResourcePath path = ResourcePath.of(kind, namespace);
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("watch", "true");
        all.put("allowWatchBookmarks", "true");
        Call call = http.newCall(
                calls.call("GET", path, all, null, "application/json").request());
        Response response = call.execute();
        if (response.isSuccessful()) {
            return new OpenWatch(call, response);
        }
        try (response) {
            throw new ApiRequestException("watch " + path.name(), response.code(), CallExecution.reason(response));
        }
    }

    /**
     * An event with its object still encoded.
     *
     * @param type for example {@code ADDED}
     * @param object JSON in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // events are never compared
    public record RawEvent(String type, byte[] object) {}

    /** An open watch. The caller must close it. */
    public record OpenWatch(Call call, Response response) implements AutoCloseable {

        /**
         * Waits for the next event.
         *
         * @return empty at the end of the watch
         * @throws IOException if the watch breaks off or the data is not an event
         */
        public Optional<RawEvent> next() throws IOException {
            BufferedSource source = response.body().source();
            if (source.exhausted()) {
                return Optional.empty();
            }
            long end = source.indexOf((byte) '\n', 0, MAX_EVENT_BYTES);
            if (end < 0) {
                throw new IOException("watch event truncated or larger than " + MAX_EVENT_BYTES + " bytes");
            }
            byte[] line = source.readByteArray(end + 1);
            JsonSlices event = new JsonSlices(new ByteArrayInputStream(line), MAX_EVENT_BYTES);
            Map<String, byte[]> fields = new HashMap<>();
            event.enter('{');
            while (event.hasNext()) {
                fields.put(event.name(), event.value());
            }
            byte[] type = fields.get("type");
            byte[] object = fields.get("object");
            if (type == null || type.length < 2 || object == null) {
                throw new IOException("watch event without type or object");
            }
            return Optional.of(new RawEvent(new String(type, 1, type.length - 2, StandardCharsets.UTF_8), object));
        }

        /** Ends the watch. A thread that is blocked in {@link #next} gets an {@link IOException}. */
        @Override
        public void close() {
            call.cancel();
            response.close();
        }
    }
}
