package dev.sluice.reconciler.volume;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ListPage;
import dev.sluice.controller.request.ObjectDecoder;
import dev.sluice.controller.request.UnreadableObjectException;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * ExternalArtifacts from the informer's cache and, where the cache may be too old, from the API server.
 *
 * @param asApplied whether a shard has applied the artifact, according to the managed fields
 */
public record ClusterArtifacts(
        GeneratorInformers informers, ApiRequests requests, String namespace, Predicate<ExternalArtifact> asApplied)
        implements ExternalArtifactLister {

    private static final int PAGE = 500;
    private static final ObjectDecoder<ExternalArtifact> DECODER =
            new ObjectDecoder<>(ExternalArtifact.TYPE, (artifact, bytes) -> {});

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
        try {
            return requests.get(ExternalArtifact.TYPE.kind(), key, ExternalArtifact.class);
        } catch (UnreadableObjectException e) {
            return Optional.of(bare(key));
        }
    }

    /** Lists page by page, so that thousands of objects are never in memory at once. */
    @Override
    public void forEachLive(Consumer<ExternalArtifact> action) throws IOException {
        String next = "";
        do {
            Map<String, String> query = new LinkedHashMap<>(Map.of("limit", String.valueOf(PAGE)));
            if (!next.isEmpty()) {
                query.put("continue", next);
            }
            ListPage<ExternalArtifact> page = requests.page(ExternalArtifact.TYPE.kind(), namespace, query, DECODER);
            page.items().forEach(action);
            page.unreadable().forEach(object -> action.accept(bare(object.key())));
            next = page.next();
        } while (!next.isEmpty());
    }

    /** Stands for an object that cannot be decoded: it keeps its directory and offers no artifact. */
    private static ExternalArtifact bare(ObjectKey key) {
        return new ExternalArtifact(
                new V1ObjectMeta().namespace(key.namespace()).name(key.name()), new ExternalArtifactSpec(null));
    }

    @Override
    public boolean isAsApplied(ExternalArtifact artifact) {
        return asApplied.test(artifact);
    }

    @Override
    public Optional<ObjectKey> ownGenerator(ExternalArtifact artifact) {
        return informers.generatorOf(artifact);
    }

    @Override
    public boolean isClaimed(ExternalArtifact artifact) {
        return informers.isClaimed(artifact);
    }
}
