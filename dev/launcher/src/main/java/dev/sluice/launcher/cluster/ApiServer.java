package dev.sluice.launcher.cluster;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * A client that applies objects of any served kind to a Kubernetes API without authentication, such as the in-memory
 * one.
 */
public final class ApiServer {

    /** The field manager of all objects that the launcher applies. */
    public static final String FIELD_MANAGER = "sluice-dev";

    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";
    /** The first request to a cold API took over 10 s on a machine that was busy starting the services. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Gson gson =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI base;

    /**
     * An applied object.
     *
     * @param name {@code Kind/name}
     * @param generation 0 for kinds without a generation
     */
    public record Applied(String name, long generation) {}

    public ApiServer(URI base) {
        this.base = base;
    }

    public URI base() {
        return base;
    }

    /**
     * Creates or updates an object by server-side apply. A namespaced object without a namespace is created in
     * {@code default}.
     *
     * @param origin file or other origin of the object, for messages
     */
    public Applied apply(String origin, Map<String, Object> object) throws ManifestException, InterruptedException {
        JsonObject body = gson.toJsonTree(object).getAsJsonObject();
        String name = describe(origin, body);
        JsonObject metadata = body.getAsJsonObject("metadata");
        String path = path(origin, body, metadata);
        JsonObject applied =
                send(origin, name, "PATCH", path + "?fieldManager=" + FIELD_MANAGER + "&force=true", APPLY, body);
        JsonElement generation = applied.getAsJsonObject("metadata").get("generation");
        return new Applied(name, generation == null ? 0 : generation.getAsLong());
    }

    /** Updates the status subresource of an object with a merge patch. */
    public void patchStatus(String resourcePath, JsonObject status) throws ManifestException, InterruptedException {
        JsonObject body = new JsonObject();
        body.add("status", status);
        String path = resourcePath + "/status?fieldManager=" + FIELD_MANAGER;
        send(resourcePath, resourcePath, "PATCH", path, MERGE, body);
    }

    private static String describe(String origin, JsonObject body) throws ManifestException {
        JsonElement metadata = body.get("metadata");
        if (metadata == null
                || !metadata.isJsonObject()
                || !metadata.getAsJsonObject().has("name")) {
            throw new ManifestException(
                    "%s: %s has no metadata.name"
                            .formatted(origin, body.get("kind").getAsString()),
                    null);
        }
        return "%s/%s"
                .formatted(
                        body.get("kind").getAsString(),
                        metadata.getAsJsonObject().get("name").getAsString());
    }

    private String path(String origin, JsonObject body, JsonObject metadata)
            throws ManifestException, InterruptedException {
        String apiVersion = body.get("apiVersion").getAsString();
        String kind = body.get("kind").getAsString();
        String root = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        JsonObject resource = resource(origin, root, apiVersion, kind);
        String scope = "";
        if (resource.get("namespaced").getAsBoolean()) {
            if (!metadata.has("namespace")) {
                metadata.addProperty("namespace", "default");
            }
            scope = "/namespaces/" + metadata.get("namespace").getAsString();
        }
        return root + scope + "/" + resource.get("name").getAsString() + "/"
                + metadata.get("name").getAsString();
    }

    private JsonObject resource(String origin, String root, String apiVersion, String kind)
            throws ManifestException, InterruptedException {
        HttpResponse<String> response =
                exchange(origin, HttpRequest.newBuilder(base.resolve(root)).GET());
        if (response.statusCode() == 200) {
            JsonArray resources =
                    JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonArray("resources");
            for (JsonElement element : resources) {
                JsonObject resource = element.getAsJsonObject();
                if (kind.equals(resource.get("kind").getAsString())
                        && !resource.get("name").getAsString().contains("/")) {
                    return resource;
                }
            }
        }
        throw new ManifestException(
                "%s: no kind %s in %s; install its CRD first".formatted(origin, kind, apiVersion), null);
    }

    private JsonObject send(String origin, String name, String method, String path, String contentType, JsonObject body)
            throws ManifestException, InterruptedException {
        HttpResponse<String> response = exchange(
                origin,
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", contentType)
                        .method(method, HttpRequest.BodyPublishers.ofString(gson.toJson(body))));
        if (response.statusCode() >= 300) {
            throw new ManifestException("%s: cannot apply %s: %s".formatted(origin, name, message(response)), null);
        }
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private HttpResponse<String> exchange(String origin, HttpRequest.Builder request)
            throws ManifestException, InterruptedException {
        try {
            return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ManifestException(
                    "%s: cannot reach the API at %s: %s".formatted(origin, base, e.getMessage()), e);
        }
    }

    private static String message(HttpResponse<String> response) {
        try {
            JsonObject status = JsonParser.parseString(response.body()).getAsJsonObject();
            return Objects.requireNonNull(status.get("message")).getAsString();
        } catch (JsonParseException | IllegalStateException | NullPointerException notAStatus) {
            return "HTTP " + response.statusCode();
        }
    }
}
