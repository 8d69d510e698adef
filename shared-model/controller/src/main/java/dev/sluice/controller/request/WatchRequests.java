package dev.sluice.controller.request;

import dev.sluice.toolkit.meta.ApiKind;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Opens watches, on connections that notice when the other side is gone: by pings where the connection is HTTP/2, by
 * silence on any. Thread-safe.
 */
public final class WatchRequests {

    private static final Duration PING = Duration.ofSeconds(20);

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

    /** A watch whose events are yet to be read; whoever has it closes it. */
    public record OpenWatch(Call call, Response response) implements AutoCloseable {

        /** Ends the watch; a thread that is reading from it gets an {@link IOException}. */
        @Override
        public void close() {
            call.cancel();
            response.close();
        }
    }
}
