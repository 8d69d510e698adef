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
 * Opens watches, on connections that notice when the other side is gone: by pings where the connection is HTTP/2, by
 * silence on any. Thread-safe.
 */
public final class WatchRequests {

    private static final Duration PING = Duration.ofSeconds(20);

    /** Far above what an API server can store. */
    private static final int MAX_EVENT_BYTES = 64 * 1024 * 1024;

    private final CallFactory calls;
    private final OkHttpClient http;

    /** @param silence without a byte for so long, a connection counts as broken */
    public WatchRequests(ApiClient client, Duration silence) {
        this.calls = new CallFactory(client);
        // a pool of its own: pings are a property of the connection, and others' connections have none
        this.http = client.getHttpClient()
                .newBuilder()
                .readTimeout(silence)
                .pingInterval(PING)
                .connectionPool(new ConnectionPool())
                .build();
    }

    /**
     * Opens a watch that asks for bookmarks.
     *
     * @param namespace empty for all
     * @param query further parameters, for example {@code resourceVersion}
     * @throws ApiRequestException if the API server refuses, 410 when it cannot go on from that resource version
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
     * An event that has not been looked into.
     *
     * @param type such as {@code ADDED}
     * @param object JSON in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares events
    public record RawEvent(String type, byte[] object) {}

    /** A watch whose events are yet to be read; whoever has it closes it. */
    public record OpenWatch(Call call, Response response) implements AutoCloseable {

        /**
         * Waits for the next event.
         *
         * @return empty at the end of the watch
         * @throws IOException if the watch broke off, or what came is no event
         */
        public Optional<RawEvent> next() throws IOException {
            BufferedSource source = response.body().source();
            if (source.exhausted()) {
                return Optional.empty();
            }
            long end = source.indexOf((byte) '\n', 0, MAX_EVENT_BYTES);
            if (end < 0) {
                throw new IOException("a watch event without an end, or larger than " + MAX_EVENT_BYTES + " bytes");
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
                throw new IOException("a watch event without type and object");
            }
            return Optional.of(new RawEvent(new String(type, 1, type.length - 2, StandardCharsets.UTF_8), object));
        }

        /** Ends the watch; a thread that is reading from it gets an {@link IOException}. */
        @Override
        public void close() {
            call.cancel();
            response.close();
        }
    }
}
