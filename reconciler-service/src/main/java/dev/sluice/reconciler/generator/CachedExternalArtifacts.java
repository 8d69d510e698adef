package dev.sluice.reconciler.generator;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.cache.Indexer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** ExternalArtifacts in the informer's cache, corrected by what this process has just written. */
final class CachedExternalArtifacts implements ExternalArtifactReader {

    private static final String BY_GENERATOR = "generator";

    private final Indexer<ExternalArtifact> cache;
    private final BooleanSupplier synced;
    private final RecentWrites<ExternalArtifact> recentWrites;
    private final ApiRequests requests;

    private CachedExternalArtifacts(
            Indexer<ExternalArtifact> cache,
            BooleanSupplier synced,
            RecentWrites<ExternalArtifact> recentWrites,
            ApiRequests requests) {
        this.cache = cache;
        this.synced = synced;
        this.recentWrites = recentWrites;
        this.requests = requests;
    }

    /** Adds the index; call it before the informer is started. */
    static CachedExternalArtifacts on(
            SharedIndexInformer<ExternalArtifact> informer,
            RecentWrites<ExternalArtifact> recentWrites,
            ApiRequests requests) {
        informer.addIndexers(Map.of(
                BY_GENERATOR,
                artifact -> Ownership.generatorUid(artifact).map(List::of).orElse(List.of())));
        return new CachedExternalArtifacts(informer.getIndexer(), informer::hasSynced, recentWrites, requests);
    }

    @Override
    public Optional<ExternalArtifact> cached(ObjectKey key) {
        ExternalArtifact cached = cache.getByKey(key.toString());
        return cached == null ? recentWrites.find(key) : Optional.of(recentWrites.newest(cached));
    }

    @Override
    public Optional<ExternalArtifact> live(ObjectKey key) throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), key, ExternalArtifact.class);
    }

    @Override
    public List<ExternalArtifact> generatedBy(String generatorUid, String namespace) throws IOException {
        if (!synced.getAsBoolean()) {
            throw new IOException("cannot list the ExternalArtifacts of a generator: their cache is not filled yet");
        }
        Map<ObjectKey, ExternalArtifact> found = new LinkedHashMap<>();
        cache.byIndex(BY_GENERATOR, generatorUid).forEach(a -> found.put(a.key(), recentWrites.newest(a)));
        recentWrites.all().forEach(a -> found.putIfAbsent(a.key(), a));
        return found.values().stream()
                .filter(a -> a.key().namespace().equals(namespace))
                .filter(a ->
                        Ownership.generatorUid(a).filter(generatorUid::equals).isPresent())
                .toList();
    }
}
