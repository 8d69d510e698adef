package dev.sluice.reconciler.volume;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * ExternalArtifacts from the informer's cache and, where it matters, from the API server.
 *
 * @param asApplied by the managed fields of an object
 */
public record ClusterArtifacts(
        GeneratorInformers informers, ApiRequests requests, String namespace, Predicate<ExternalArtifact> asApplied)
        implements PublishedArtifacts {

    private static final int PAGE = 500;

    @Override
    public boolean synced() {
        return informers.synced();
    }

    @Override
    public List<ExternalArtifact> cached() {
        return informers.externalArtifacts().getIndexer().list();
    }

    @Override
    public Optional<ExternalArtifact> cached(ObjectKey key) {
        return Optional.ofNullable(informers.externalArtifacts().getIndexer().getByKey(key.toString()));
    }

    @Override
    public Optional<ExternalArtifact> live(ObjectKey key) throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), key, JsonObject.class).map(ClusterArtifacts::read);
    }

    /** Page by page, so that thousands of them are never in memory at once. */
    @Override
    public void forEachLive(Consumer<ExternalArtifact> action) throws IOException {
        String next = "";
        do {
            Map<String, String> query = new LinkedHashMap<>(Map.of("limit", String.valueOf(PAGE)));
            if (!next.isEmpty()) {
                query.put("continue", next);
            }
            JsonObject page = requests.list(ExternalArtifact.TYPE.kind(), namespace, query, JsonObject.class);
            page.getAsJsonArray("items").forEach(item -> action.accept(read(item.getAsJsonObject())));
            JsonElement more = page.getAsJsonObject("metadata").get("continue");
            next = more == null ? "" : more.getAsString();
        } while (!next.isEmpty());
    }

    /** One that cannot be read is there all the same: its name is what counts. */
    private static ExternalArtifact read(JsonObject object) {
        try {
            return Objects.requireNonNull(ToolkitJson.gson().fromJson(object, ExternalArtifact.class));
        } catch (RuntimeException unreadable) {
            JsonObject metadata = object.getAsJsonObject("metadata");
            return new ExternalArtifact(
                    new V1ObjectMeta()
                            .namespace(metadata.get("namespace").getAsString())
                            .name(metadata.get("name").getAsString()),
                    new ExternalArtifactSpec(null));
        }
    }

    @Override
    public boolean isAsApplied(ExternalArtifact artifact) {
        return asApplied.test(artifact);
    }

    @Override
    public Optional<ObjectKey> ownGenerator(ExternalArtifact artifact) {
        return informers.generatorOf(artifact);
    }
}
