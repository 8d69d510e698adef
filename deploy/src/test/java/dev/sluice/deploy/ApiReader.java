package dev.sluice.deploy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.kubetest.real.RealApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads objects over HTTP as an administrator, for polls: a kubectl process for each read takes a tenth of a second. */
final class ApiReader {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The paths of namespaced resources; the key is the singular name. */
    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("artifactgenerator", "/apis/source.extensions.fluxcd.io/v1beta1"),
            Map.entry("configmap", "/api/v1"),
            Map.entry("deployment", "/apis/apps/v1"),
            Map.entry("event", "/api/v1"),
            Map.entry("externalartifact", "/apis/source.toolkit.fluxcd.io/v1"),
            Map.entry("kustomization", "/apis/kustomize.toolkit.fluxcd.io/v1"),
            Map.entry("lease", "/apis/coordination.k8s.io/v1"),
            Map.entry("pod", "/api/v1"),
            Map.entry("resourceset", "/apis/fluxcd.controlplane.io/v1"),
            Map.entry("resourcesetinputprovider", "/apis/fluxcd.controlplane.io/v1"),
            Map.entry("service", "/api/v1"));

    private final RealApiServer server;
    private final HttpClient http;

    ApiReader(RealApiServer server) throws IOException {
        this.server = server;
        this.http = server.newHttpClient();
    }

    /** Returns fields of an object as {@link JsonPath} prints them; empty if the object does not exist. */
    String get(String namespace, String kind, String name, String jsonPath) {
        return request(path(namespace, kind) + "/" + name)
                .map(object -> JsonPath.print(object, jsonPath))
                .orElse("");
    }

    /** Returns all objects of a kind in a namespace. */
    List<JsonObject> list(String namespace, String kind) {
        return request(path(namespace, kind)).orElseThrow().getAsJsonArray("items").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String path(String namespace, String kind) {
        if (kind.equals("namespace")) {
            return "/api/v1/namespaces";
        }
        String group = Objects.requireNonNull(GROUPS.get(kind), kind);
        return "%s/namespaces/%s/%ss".formatted(group, namespace, kind);
    }

    private Optional<JsonObject> request(String path) {
        try {
            HttpResponse<String> response =
                    http.send(server.newRequest(path).timeout(LIMIT).build(), BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new IOException("GET %s: HTTP %d %s".formatted(path, response.statusCode(), response.body()));
            }
            return Optional.of(JsonParser.parseString(response.body()).getAsJsonObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during GET " + path, e);
        }
    }
}
