package dev.sluice.reconciler.namespaces;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.sluice.controller.apply.ApplyBody;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NamespaceList;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests for namespaces. Each write is for the version that was read, so that no decision is carried out on a
 * namespace that has changed since; such a request fails with a conflict.
 */
public final class NamespaceRequests {

    /** Group, version and Java types of namespaces. */
    public static final ApiType<V1Namespace, V1NamespaceList> TYPE =
            new ApiType<>(new ApiKind("", "v1", "Namespace", "namespaces"), V1Namespace.class, V1NamespaceList.class);

    private final ApiRequests requests;
    private final String fieldManager;

    NamespaceRequests(ApiRequests requests, String fieldManager) {
        this.requests = requests;
        this.fieldManager = fieldManager;
    }

    Optional<NamespaceState> read(String name) throws IOException {
        return requests.get(TYPE.kind(), key(name), V1Namespace.class)
                .map(V1Namespace::getMetadata)
                .map(NamespaceState::new);
    }

    /** Creates a namespace with these labels and annotations; an existing one is a conflict. */
    NamespaceState create(DesiredNamespace desired) throws IOException {
        return apply(body(desired).onlyIfAbsent());
    }

    /** Makes these labels and annotations the only ones that this controller owns; does not create a missing namespace. */
    NamespaceState apply(NamespaceState current, DesiredNamespace desired) throws IOException {
        return apply(body(desired).withUid(current.uid()).withResourceVersion(version(current)));
    }

    private static ApplyBody body(DesiredNamespace desired) {
        return ApplyBody.of(TYPE.kind(), key(desired.name()))
                .withLabels(desired.labels())
                .withAnnotations(desired.annotations());
    }

    private NamespaceState apply(ApplyBody body) throws IOException {
        String name = body.toJson().getAsJsonObject("metadata").get("name").getAsString();
        return new NamespaceState(
                requests.apply(ResourcePath.of(TYPE.kind(), key(name)), fieldManager, body.toJson(), V1Namespace.class)
                        .getMetadata());
    }

    /** Removes labels and annotations that others own. */
    NamespaceState remove(NamespaceState current, FieldOwners.Overridden removed) throws IOException {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("resourceVersion", version(current));
        metadata.add("labels", nulls(removed.labels()));
        metadata.add("annotations", nulls(removed.annotations()));
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        return new NamespaceState(requests.mergePatch(
                        ResourcePath.of(TYPE.kind(), key(current.name())), fieldManager, patch, V1Namespace.class)
                .getMetadata());
    }

    private static JsonElement nulls(Set<String> keys) {
        JsonObject removed = new JsonObject();
        keys.forEach(key -> removed.add(key, JsonNull.INSTANCE));
        return removed;
    }

    /** Requests the deletion of exactly this namespace; a missing one is not an error. */
    void delete(NamespaceState current) throws IOException {
        requests.delete(TYPE.kind(), key(current.name()), current.uid(), version(current));
    }

    /**
     * Returns the UID of the object of an external finalizer; empty if it does not exist or its kind is unknown.
     *
     * @throws IOException if the API server does not say
     */
    Optional<String> uidOf(ExternalFinalizer finalizer) throws IOException {
        Optional<ApiKind> kind = kindOf(finalizer);
        return kind.isEmpty()
                ? Optional.empty()
                : requests.get(kind.get(), finalizer.key(), JsonObject.class)
                        .map(object ->
                                object.getAsJsonObject("metadata").get("uid").getAsString());
    }

    /** Discovers the name of the resource, which the annotation does not have. */
    private Optional<ApiKind> kindOf(ExternalFinalizer finalizer) throws IOException {
        if (!ResourcePath.isSegment(finalizer.version())
                || !(finalizer.group().isEmpty() || ResourcePath.isSegment(finalizer.group()))) {
            return Optional.empty();
        }
        return requests.get(ResourcePath.ofVersion(finalizer.group(), finalizer.version()), JsonObject.class)
                .flatMap(resources -> plural(resources, finalizer.kind()))
                .map(plural -> new ApiKind(finalizer.group(), finalizer.version(), finalizer.kind(), plural));
    }

    private static Optional<String> plural(JsonObject resources, String kind) {
        for (JsonElement element : resources.getAsJsonArray("resources")) {
            JsonObject resource = element.getAsJsonObject();
            String name = resource.get("name").getAsString();
            boolean isSubresource = name.indexOf('/') >= 0;
            if (!isSubresource && kind.equals(resource.get("kind").getAsString())) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the namespace has an object of this kind with this label. False if the kind is unknown.
     *
     * @throws IOException if the API server does not say
     */
    boolean hasLabelled(ApiKind kind, String namespace, String label) throws IOException {
        try {
            JsonObject list =
                    requests.list(kind, namespace, Map.of("labelSelector", label, "limit", "1"), JsonObject.class);
            return list.get("items") instanceof JsonArray items && !items.isEmpty();
        } catch (ApiRequestException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    private static String version(NamespaceState current) {
        String version = current.metadata().getResourceVersion();
        if (version == null) {
            throw new IllegalArgumentException("namespace %s has no resource version".formatted(current.name()));
        }
        return version;
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("", name);
    }
}
