package dev.sluice.reconciler.namespaces;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.namespaces.ApplyAction.Owner;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Determines how a namespace relates to a generator that wants it, by what the controller has written on the namespace:
 * the label with the UID of its generator, or the annotation about its origin if somebody has removed or changed the
 * label. The inventory of the generator proves nothing, because a tenant can write it.
 */
final class NamespaceOwners {

    private static final String PAGE_SIZE = "500";

    private final Function<String, Optional<ArtifactGenerator>> cached;
    private final ApiRequests requests;
    private final String fieldManager;

    /** @param cached finds a generator by its UID in the cache */
    NamespaceOwners(Function<String, Optional<ArtifactGenerator>> cached, ApiRequests requests, String fieldManager) {
        this.cached = cached;
        this.requests = requests;
        this.fieldManager = fieldManager;
    }

    Owner ownerOf(NamespaceState namespace, ArtifactGenerator generator) throws IOException {
        String uid = namespace.managerUid(fieldManager);
        if (uid.isEmpty()) {
            return ownerByLabel(namespace, generator);
        }
        return uid.equals(Ownership.uidOf(generator)) ? Owner.SELF : owner(uid, namespace.name());
    }

    /** Somebody else has written the label: another generator is respected, but nothing is believed. */
    private Owner ownerByLabel(NamespaceState namespace, ArtifactGenerator generator) throws IOException {
        String uid = namespace.generatorUid();
        return uid.isEmpty() || uid.equals(Ownership.uidOf(generator)) || owner(uid, namespace.name()) != Owner.OTHER
                ? Owner.NONE
                : Owner.OTHER;
    }

    private Owner owner(String uid, String namespace) throws IOException {
        Optional<ArtifactGenerator> known = cached.apply(uid);
        return known.isPresent() ? owner(known.get(), namespace) : uncached(uid, namespace);
    }

    /** Searches all generators, because the cache lacks those of other shards; the label does not have their names. */
    private Owner uncached(String uid, String namespace) throws IOException {
        try {
            String next = "";
            do {
                JsonObject page = page(next);
                if (page.get("items") instanceof JsonArray items) {
                    for (JsonElement item : items) {
                        if (uid.equals(text(item, "metadata", "uid"))) {
                            return owner(ToolkitJson.gson().fromJson(item, ArtifactGenerator.class), namespace);
                        }
                    }
                }
                next = text(page, "metadata", "continue");
            } while (!next.isEmpty());
            return Owner.GONE;
        } catch (ApiRequestException e) {
            if (e.code() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Owner.OTHER; // nothing proves that it is gone
            }
            throw e;
        } catch (RuntimeException unreadable) {
            return Owner.OTHER;
        }
    }

    private JsonObject page(String next) throws IOException {
        Map<String, String> query = new LinkedHashMap<>(Map.of("limit", PAGE_SIZE));
        if (!next.isEmpty()) {
            query.put("continue", next);
        }
        return requests.list(ArtifactGenerator.TYPE.kind(), "", query, JsonObject.class);
    }

    private static String text(JsonElement parent, String object, String field) {
        return parent instanceof JsonObject json
                        && json.get(object) instanceof JsonObject inner
                        && inner.get(field) != null
                ? inner.get(field).getAsString()
                : "";
    }

    private static Owner owner(ArtifactGenerator owner, String namespace) {
        return mayNeed(owner, namespace) ? Owner.OTHER : Owner.LEAVING;
    }

    /**
     * Whether the generator may manage this namespace in its next run. With a path pattern, only a successful run of the
     * current generation shows what the pattern matches.
     */
    private static boolean mayNeed(ArtifactGenerator owner, String namespace) {
        if (owner.metadata().getDeletionTimestamp() != null) {
            return false;
        }
        if (!PathPattern.isIn(owner.spec())) {
            return owner.spec().managedNamespaces() != null
                    && owner.spec().artifacts().stream().anyMatch(artifact -> namespace.equals(artifact.namespace()));
        }
        return !isReady(owner)
                || ManagedInventory.of(owner).stream()
                        .anyMatch(entry -> entry.name().equals(namespace));
    }

    private static boolean isReady(ArtifactGenerator owner) {
        return Conditions.find(owner.conditions(), ConditionTypes.READY)
                .filter(ready -> Conditions.TRUE.equals(ready.getStatus()))
                .filter(ready -> Objects.equals(
                        ready.getObservedGeneration(), owner.metadata().getGeneration()))
                .isPresent();
    }
}
