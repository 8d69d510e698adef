package dev.sluice.hostile.harness;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sends one account's requests to the API server, without the validation of a client library. Thread-safe. */
public final class KubeClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MAX_ATTEMPTS = 20;

    /** Status codes of an overloaded API server; client libraries retry them. */
    private static final Set<Integer> BUSY = Set.of(429, 503, 504);

    private static final String MANAGER = "fieldManager=tenant";

    private final ApiServerAccess access;
    private final HttpClient http;
    private final Gson gson = new Gson();

    KubeClient(ApiServerAccess access) {
        this(
                access,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .sslContext(access.tls())
                        .build());
    }

    private KubeClient(ApiServerAccess access, HttpClient http) {
        this.access = access;
        this.http = http;
    }

    /** Returns a client of another account, which shares the connections of this one: TLS handshakes are expensive. */
    KubeClient as(String token) {
        return new KubeClient(access.as(token), http);
    }

    /** Server-side apply of an object in YAML or JSON; forces ownership of all fields. */
    public ApiResponse apply(ResourceKind kind, String namespace, String name, String manifest) {
        String path = kind.path(namespace) + "/" + name + "?" + MANAGER + "&force=true";
        return send(path, "PATCH", "application/apply-patch+yaml", manifest);
    }

    public ApiResponse apply(ResourceKind kind, String namespace, String name, Map<String, ?> fields) {
        return apply(kind, namespace, name, gson.toJson(object(kind, namespace, name, fields)));
    }

    /** Server-side apply without force: fields with equal values are shared with their other managers. */
    public ApiResponse applyAs(
            String manager, ResourceKind kind, String namespace, String name, Map<String, ?> fields) {
        String path = kind.path(namespace) + "/" + name + "?fieldManager=" + manager;
        return send(path, "PATCH", "application/apply-patch+yaml", gson.toJson(object(kind, namespace, name, fields)));
    }

    public ApiResponse create(ResourceKind kind, String namespace, String name, Map<String, ?> fields) {
        String object = gson.toJson(object(kind, namespace, name, fields));
        return send(kind.path(namespace) + "?" + MANAGER, "POST", "application/json", object);
    }

    private JsonObject object(ResourceKind kind, String namespace, String name, Map<String, ?> fields) {
        JsonObject object = gson.toJsonTree(fields).getAsJsonObject();
        object.addProperty("apiVersion", kind.apiVersion());
        object.addProperty("kind", kind.text());
        JsonObject metadata = object.has("metadata") ? object.getAsJsonObject("metadata") : new JsonObject();
        metadata.addProperty("name", name);
        if (!namespace.isEmpty()) {
            metadata.addProperty("namespace", namespace);
        }
        object.add("metadata", metadata);
        return object;
    }

    /** Merge patch of the status subresource; sends the fields unchanged. */
    public ApiResponse patchStatus(ResourceKind kind, String namespace, String name, Map<String, ?> status) {
        String path = kind.path(namespace) + "/" + name + "/status?" + MANAGER;
        return send(path, "PATCH", "application/merge-patch+json", gson.toJson(Map.of("status", status)));
    }

    public ApiResponse patch(ResourceKind kind, String namespace, String name, Map<String, ?> fields) {
        String path = kind.path(namespace) + "/" + name + "?" + MANAGER;
        return send(path, "PATCH", "application/merge-patch+json", gson.toJson(fields));
    }

    public Optional<JsonObject> get(ResourceKind kind, String namespace, String name) {
        ApiResponse reply = send(kind.path(namespace) + "/" + name, "GET", "", "");
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(reply.orFail().json());
    }

    public List<JsonObject> list(ResourceKind kind, String namespace) {
        List<JsonObject> objects = new ArrayList<>();
        list(kind, namespace, objects::add);
        return objects;
    }

    /** Passes all objects to the consumer and returns the resource version of the list. */
    String list(ResourceKind kind, String namespace, Consumer<JsonObject> consumer) {
        String path = kind.path(namespace) + "?limit=500";
        String more = "";
        while (true) {
            JsonObject page = send(path + more, "GET", "", "").orFail().json();
            page.getAsJsonArray("items").forEach(item -> consumer.accept(item.getAsJsonObject()));
            JsonObject metadata = page.getAsJsonObject("metadata");
            JsonElement next = metadata.get("continue");
            if (next == null || next.getAsString().isEmpty()) {
                return metadata.get("resourceVersion").getAsString();
            }
            more = "&continue=" + next.getAsString();
        }
    }

    /** Returns the events after a resource version; the stream ends with the connection, and must be closed. */
    Stream<JsonObject> watch(ResourceKind kind, String namespace, String version) {
        HttpRequest request = request(kind.path(namespace) + "?watch=true&resourceVersion=" + version)
                .GET()
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IllegalStateException("watch: HTTP " + response.statusCode());
            }
            return response.body().map(line -> JsonParser.parseString(line).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException("watch " + kind.path(namespace), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public ApiResponse delete(ResourceKind kind, String namespace, String name) {
        return send(kind.path(namespace) + "/" + name, "DELETE", "", "");
    }

    public ApiResponse deleteAll(ResourceKind kind, String namespace) {
        return send(kind.path(namespace), "DELETE", "", "");
    }

    /** POST with a JSON body. */
    public ApiResponse post(String path, Map<String, ?> body) {
        return send(path, "POST", "application/json", gson.toJson(body));
    }

    private ApiResponse send(String path, String method, String contentType, String body) {
        HttpRequest.Builder request = request(path)
                .timeout(TIMEOUT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            for (int attempt = 1; attempt < MAX_ATTEMPTS && BUSY.contains(response.statusCode()); attempt++) {
                LockSupport.parkNanos(PAUSE.toNanos());
                response = http.send(request.build(), BodyHandlers.ofString());
            }
            return new ApiResponse(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s".formatted(method, path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(access.server().resolve(path));
        return access.token().isEmpty() ? request : request.header("Authorization", "Bearer " + access.token());
    }
}
