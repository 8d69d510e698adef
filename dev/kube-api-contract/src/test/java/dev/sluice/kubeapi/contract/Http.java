package dev.sluice.kubeapi.contract;

import dev.sluice.kubetest.junit.KubernetesApi;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.auth.ApiKeyAuth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * An HTTP client for a Kubernetes API with the credentials of its kubeconfig. Bodies are given as YAML and sent as
 * JSON.
 */
final class Http {

    static final String JSON = "application/json";
    static final String JSON_PATCH = "application/json-patch+json";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";
    static final String APPLY_PATCH = "application/apply-patch+yaml";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<KubernetesApi, Http> KNOWN = new ConcurrentHashMap<>();

    private final OkHttpClient client;
    private final String url;
    private final String authorization;

    private Http(OkHttpClient client, String url, String authorization) {
        this.client = client;
        this.url = url;
        this.authorization = authorization;
    }

    static Http on(KubernetesApi api) {
        return KNOWN.computeIfAbsent(api, Http::connect);
    }

    private static Http connect(KubernetesApi api) {
        ApiClient configured = api.newClient();
        OkHttpClient client = configured
                .getHttpClient()
                .newBuilder()
                .readTimeout(PATIENCE)
                .callTimeout(PATIENCE)
                .build();
        return new Http(client, api.url().toString(), bearer(configured));
    }

    private static String bearer(ApiClient client) {
        boolean token = client.getAuthentication("BearerToken") instanceof ApiKeyAuth key && key.getApiKey() != null;
        return token ? "Bearer " + ((ApiKeyAuth) client.getAuthentication("BearerToken")).getApiKey() : "";
    }

    /** Returns a client with a shorter timeout. */
    Http within(Duration limit) {
        return new Http(client.newBuilder().callTimeout(limit).build(), url, authorization);
    }

    /** Returns a client for another address of the same API, with its own connections. */
    Http at(URI other) {
        OkHttpClient apart =
                client.newBuilder().connectionPool(new ConnectionPool()).build();
        return new Http(apart, other.toString(), authorization);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String yaml) {
        return send("POST", path, body(JSON, Yaml.toJson(yaml)));
    }

    Answer put(String path, String yaml) {
        return send("PUT", path, body(JSON, Yaml.toJson(yaml)));
    }

    Answer patch(String path, String contentType, String yaml) {
        return send("PATCH", path, body(contentType, Yaml.toJson(yaml)));
    }

    /** Sends a server-side apply. */
    Answer apply(String path, String manager, String yaml) {
        return patch(Paths.with(path, "fieldManager=" + manager), APPLY_PATCH, yaml);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Deletes with {@code DeleteOptions}. */
    Answer delete(String path, String yaml) {
        return send("DELETE", path, body(JSON, Yaml.toJson(yaml)));
    }

    /** Sends the body unchanged. */
    Answer raw(String method, String path, String contentType, String body, String... headers) {
        return send(method, path, body(contentType, body), headers);
    }

    /** Opens a watch; {@code path} contains the collection and its query. */
    WatchStream watch(String path, String... headers) {
        OkHttpClient patient = client.newBuilder()
                .readTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .build();
        return WatchStream.open(patient.newCall(request("GET", Paths.with(path, "watch=true"), null, headers)));
    }

    private Answer send(String method, String path, RequestBody body, String... headers) {
        Request request = request(method, path, body, headers);
        try (Response response = client.newCall(request).execute()) {
            return new Answer(
                    method + " " + path,
                    response.code(),
                    String.valueOf(response.header("Content-Type")),
                    response.headers("Warning"),
                    response.body().string());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    private Request request(String method, String path, RequestBody body, String... headers) {
        Headers.Builder sent = new Headers.Builder().add("Accept", JSON);
        if (!authorization.isEmpty()) {
            sent.add("Authorization", authorization);
        }
        for (int i = 0; i < headers.length; i += 2) {
            sent.set(headers[i], headers[i + 1]);
        }
        return new Request.Builder()
                .url(url + path)
                .headers(sent.build())
                .method(method, body)
                .build();
    }

    private static RequestBody body(String contentType, String text) {
        // bytes, so that OkHttp adds no charset to the content type
        return RequestBody.create(text.getBytes(StandardCharsets.UTF_8), MediaType.get(contentType));
    }
}
