package dev.sluice.launcher.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches the objects of a kind in all namespaces, until its thread is interrupted. Lists them again when the watch
 * ends. The Kubernetes client's informers would do the same, but load adapters for all of the client's models.
 */
final class KindWatch<T extends KubernetesObject> implements Runnable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient http;
    private final URI path;
    private final Class<T> type;
    private final Consumer<T> seen;
    private final Consumer<T> gone;
    private final Map<ObjectKey, T> known = new HashMap<>();

    /**
     * @param seen called with each object that is added or updated
     * @param gone called with the last known state of a deleted object
     */
    KindWatch(HttpClient http, URI api, ApiType<T, ?> type, Consumer<T> seen, Consumer<T> gone) {
        this.http = http;
        this.path = api.resolve(
                "/apis/" + type.kind().apiVersion() + "/" + type.kind().plural());
        this.type = type.objectClass();
        this.seen = seen;
        this.gone = gone;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                listAndWatch();
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the watch has ended or failed. */
    private void listAndWatch() throws InterruptedException {
        try {
            String version = list();
            watch(version);
        } catch (IOException | JsonParseException e) {
            // the API is starting or stopping; the caller retries
        }
    }

    private String list() throws IOException, InterruptedException {
        JsonObject list;
        try (BufferedReader body = get("")) {
            list = JsonParser.parseReader(body).getAsJsonObject();
        }
        Set<ObjectKey> absent = new HashSet<>(known.keySet());
        for (JsonElement item : list.getAsJsonArray("items")) {
            absent.remove(keep(item));
        }
        for (ObjectKey key : absent) {
            gone.accept(known.remove(key));
        }
        return list.getAsJsonObject("metadata").get("resourceVersion").getAsString();
    }

    private void watch(String version) throws IOException, InterruptedException {
        try (BufferedReader events = get("?watch=true&resourceVersion=" + version)) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                JsonObject event = JsonParser.parseString(line).getAsJsonObject();
                switch (event.get("type").getAsString()) {
                    case "ADDED", "MODIFIED" -> keep(event.get("object"));
                    case "DELETED" -> forget(event.get("object"));
                    case "ERROR" -> {
                        return;
                    }
                    default -> {
                        // a bookmark
                    }
                }
            }
        }
    }

    private ObjectKey keep(JsonElement json) {
        T object = ToolkitJson.gson().fromJson(json, type);
        ObjectKey key = ObjectKey.of(object.getMetadata());
        known.put(key, object);
        seen.accept(object);
        return key;
    }

    private void forget(JsonElement json) {
        T object = ToolkitJson.gson().fromJson(json, type);
        known.remove(ObjectKey.of(object.getMetadata()));
        gone.accept(object);
    }

    private BufferedReader get(String query) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(HttpRequest.newBuilder(URI.create(path + query)).build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException("GET %s: HTTP %d".formatted(path, response.statusCode()));
        }
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }
}
