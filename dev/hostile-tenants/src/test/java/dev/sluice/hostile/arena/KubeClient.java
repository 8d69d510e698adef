package dev.sluice.hostile.arena;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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

/** One account's requests to the API server, without the help or the checks of a client library. Thread-safe. */
public final class KubeClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MOST_TRIES = 20;

    /** What an API server answers that has too much to do; client libraries try again. */
    private static final Set<Integer> BUSY = Set.of(429, 503, 504);

    private static final String MANAGER = "fieldManager=tenant";

    private final Access access;
    private final HttpClient http;
    private final Gson gson = new Gson();

    KubeClient(Access access) {
        this.access = access;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .sslContext(access.tls())
                .build();
    }

    Access access() {
        return access;
    }

    /** Server-side apply of an object in YAML or JSON, which takes over all fields. */
    public Reply apply(Kind kind, String namespace, String name, String manifest) {
        String path = kind.path(namespace) + "/" + name + "?" + MANAGER + "&force=true";
        return send(path, "PATCH", "application/apply-patch+yaml", manifest);
    }

    public Reply apply(Kind kind, String namespace, String name, Map<String, ?> fields) {
        return apply(kind, namespace, name, gson.toJson(object(kind, namespace, name, fields)));
    }

    /** Server-side apply that shares the fields with whoever has the same in them. */
    public Reply applyAs(String manager, Kind kind, String namespace, String name, Map<String, ?> fields) {
        String path = kind.path(namespace) + "/" + name + "?fieldManager=" + manager;
        return send(path, "PATCH", "application/apply-patch+yaml", gson.toJson(object(kind, namespace, name, fields)));
    }

    public Reply create(Kind kind, String namespace, String name, Map<String, ?> fields) {
        String object = gson.toJson(object(kind, namespace, name, fields));
        return send(kind.path(namespace) + "?" + MANAGER, "POST", "application/json", object);
    }

    private JsonObject object(Kind kind, String namespace, String name, Map<String, ?> fields) {
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

    /** A merge patch of the status subresource; every field as it is given. */
    public Reply patchStatus(Kind kind, String namespace, String name, Map<String, ?> status) {
        String path = kind.path(namespace) + "/" + name + "/status?" + MANAGER;
        return send(path, "PATCH", "application/merge-patch+json", gson.toJson(Map.of("status", status)));
    }

    public Reply patch(Kind kind, String namespace, String name, Map<String, ?> fields) {
        String path = kind.path(namespace) + "/" + name + "?" + MANAGER;
        return send(path, "PATCH", "application/merge-patch+json", gson.toJson(fields));
    }

    public Optional<JsonObject> get(Kind kind, String namespace, String name) {
        Reply reply = send(kind.path(namespace) + "/" + name, "GET", "", "");
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(reply.orFail().json());
    }

    public List<JsonObject> list(Kind kind, String namespace) {
        List<JsonObject> objects = new ArrayList<>();
        String path = kind.path(namespace) + "?limit=500";
        String more = "";
        do {
            JsonObject page = send(path + more, "GET", "", "").orFail().json();
            for (JsonElement item : page.getAsJsonArray("items")) {
                objects.add(item.getAsJsonObject());
            }
            JsonElement next = page.getAsJsonObject("metadata").get("continue");
            more = next == null || next.getAsString().isEmpty() ? "" : "&continue=" + next.getAsString();
        } while (!more.isEmpty());
        return objects;
    }

    public Reply delete(Kind kind, String namespace, String name) {
        return send(kind.path(namespace) + "/" + name, "DELETE", "", "");
    }

    public Reply deleteAll(Kind kind, String namespace) {
        return send(kind.path(namespace), "DELETE", "", "");
    }

    /** A request whose body is this JSON. */
    public Reply post(String path, Map<String, ?> body) {
        return send(path, "POST", "application/json", gson.toJson(body));
    }

    private Reply send(String path, String method, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(access.server().resolve(path))
                .timeout(TIMEOUT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        if (!access.token().isEmpty()) {
            request.header("Authorization", "Bearer " + access.token());
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            for (int tries = 1; tries < MOST_TRIES && BUSY.contains(response.statusCode()); tries++) {
                LockSupport.parkNanos(PAUSE.toNanos());
                response = http.send(request.build(), BodyHandlers.ofString());
            }
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s".formatted(method, path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
