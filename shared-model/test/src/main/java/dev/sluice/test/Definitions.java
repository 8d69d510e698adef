package dev.sluice.test;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Installs custom resource definitions. */
public final class Definitions {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SERVED_TIMEOUT = Duration.ofSeconds(60);
    private static final ApiKind DEFINITION =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");

    private Definitions() {}

    /**
     * Installs the kinds of Flux, all of them, and returns when their objects can be created. On a cluster that has Flux,
     * its definitions stay as they are, whatever their versions.
     *
     * @throws IOException if the API server refuses one, or does not serve it within a minute
     */
    public static void installFlux(ApiClient client) throws IOException {
        ApiRequests requests = new ApiRequests(client, REQUEST_TIMEOUT);
        List<ApiKind> created = new ArrayList<>();
        for (String manifest : ToolkitCrds.all()) {
            Map<String, Object> definition = read(manifest);
            if (isCreated(requests, definition)) {
                created.addAll(kinds(definition));
            }
        }
        awaitServed(requests, created);
    }

    /** Like {@link #install(ApiClient, Collection)}. */
    public static void install(ApiClient client, String... manifests) throws IOException {
        install(client, List.of(manifests));
    }

    /**
     * Installs definitions and returns when their objects can be created.
     *
     * @param manifests YAML, one definition each
     * @throws IOException if a definition of the same name exists and is different, or if the API server refuses one, or
     *     does not serve it within a minute
     */
    public static void install(ApiClient client, Collection<String> manifests) throws IOException {
        ApiRequests requests = new ApiRequests(client, REQUEST_TIMEOUT);
        List<ApiKind> kinds = new ArrayList<>();
        for (String manifest : manifests) {
            Map<String, Object> definition = read(manifest);
            if (!isCreated(requests, definition)) {
                requireSame(requests, definition);
            }
            kinds.addAll(kinds(definition));
        }
        awaitServed(requests, kinds);
    }

    private static Map<String, Object> read(String manifest) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(manifest);
    }

    private static void awaitServed(ApiRequests requests, List<ApiKind> kinds) throws IOException {
        long deadline = System.nanoTime() + SERVED_TIMEOUT.toNanos();
        for (ApiKind kind : kinds) {
            while (!isServed(requests, kind)) {
                pause(kind, deadline);
            }
        }
    }

    /** Creates a definition, unless there is one of the same name. */
    private static boolean isCreated(ApiRequests requests, Map<String, Object> definition) throws IOException {
        try {
            requests.create(DEFINITION, key(definition), definition, JsonObject.class);
            return true;
        } catch (ApiRequestException e) {
            if (e.isConflict()) {
                return false;
            }
            throw e;
        }
    }

    private static void requireSame(ApiRequests requests, Map<String, Object> definition) throws IOException {
        ObjectKey key = key(definition);
        JsonObject stored = requests.get(DEFINITION, key, JsonObject.class)
                .orElseThrow(() -> new IOException(
                        "custom resource definition " + key.name() + " was deleted during the installation"));
        JsonElement wanted = ToolkitJson.gson().toJsonTree(in(definition, "spec"));
        Optional<String> difference = SpecDifference.between("spec", wanted, stored.get("spec"));
        if (difference.isPresent()) {
            throw new IOException(
                    "another custom resource definition %s exists, which differs at %s; delete it, or apply the new one"
                            .formatted(key, difference.get()));
        }
    }

    private static ObjectKey key(Map<String, Object> definition) {
        return new ObjectKey("", String.valueOf(in(in(definition, "metadata"), "name")));
    }

    /** The kind in each version. */
    private static List<ApiKind> kinds(Map<String, Object> definition) {
        Object spec = in(definition, "spec");
        Object names = in(spec, "names");
        List<ApiKind> kinds = new ArrayList<>();
        for (Object version : (List<?>) in(spec, "versions")) {
            kinds.add(new ApiKind(
                    String.valueOf(in(spec, "group")),
                    String.valueOf(in(version, "name")),
                    String.valueOf(in(names, "kind")),
                    String.valueOf(in(names, "plural"))));
        }
        return kinds;
    }

    private static Object in(Object map, String field) {
        Object value = map instanceof Map<?, ?> fields ? fields.get(field) : null;
        if (value == null) {
            throw new IllegalArgumentException("not a custom resource definition: it has no " + field);
        }
        return value;
    }

    private static boolean isServed(ApiRequests requests, ApiKind kind) throws IOException {
        try {
            requests.list(kind, "", Map.of("limit", "1"), JsonObject.class);
            return true;
        } catch (ApiRequestException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    private static void pause(ApiKind kind, long deadline) throws IOException {
        if (System.nanoTime() > deadline) {
            throw new IOException("kind " + kind.kind() + " in " + kind.apiVersion() + " is not served after "
                    + SERVED_TIMEOUT.toSeconds() + " s; see the conditions of its definition");
        }
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
