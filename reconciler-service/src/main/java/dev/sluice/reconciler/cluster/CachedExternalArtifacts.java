package dev.sluice.reconciler.cluster;

import dev.sluice.controller.informer.RecentWrites;
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
import java.util.function.Predicate;

/** ExternalArtifacts in the informer's cache, combined with this process's recent writes. */
final class CachedExternalArtifacts implements ExternalArtifactReader {

    private static final String BY_GENERATOR = "generator";

    private final Indexer<ExternalArtifact> cache;
    private final BooleanSupplier synced;
    private final RecentWrites<ExternalArtifact> recentWrites;
    private final Predicate<ObjectKey> setAside;
    private final ApiRequests requests;

    CachedExternalArtifacts(
            Indexer<ExternalArtifact> cache,
            BooleanSupplier synced,
            RecentWrites<ExternalArtifact> recentWrites,
            Predicate<ObjectKey> setAside,
            ApiRequests requests) {
        this.cache = cache;
        this.synced = synced;
        this.recentWrites = recentWrites;
        this.setAside = setAside;
        this.requests = requests;
    }

    /** Adds the index; call before the informer is started. */
    static CachedExternalArtifacts on(
            SharedIndexInformer<ExternalArtifact> informer,
            RecentWrites<ExternalArtifact> recentWrites,
            Predicate<ObjectKey> setAside,
            ApiRequests requests) {
        informer.addIndexers(Map.of(
                BY_GENERATOR,
                artifact -> Ownership.generatorUid(artifact).map(List::of).orElse(List.of())));
        return new CachedExternalArtifacts(
                informer.getIndexer(), informer::hasSynced, recentWrites, setAside, requests);
    }

    @Override
    public Optional<ExternalArtifact> cached(ObjectKey key) {
        // read recent writes first: an object that is no longer there is already in the cache
        Optional<ExternalArtifact> own = recentWrites.find(key);
        Optional<ExternalArtifact> cached = Optional.ofNullable(cache.getByKey(key.toString()));
        return own.isEmpty() ? cached : Optional.of(newest(own.get(), cached));
    }

    private ExternalArtifact newest(ExternalArtifact own, Optional<ExternalArtifact> cached) {
        cached.ifPresent(recentWrites::caughtUp);
        return cached.map(found -> RecentWrites.newer(own, found)).orElse(own);
    }

    @Override
    public boolean isSetAside(ObjectKey key) {
        return setAside.test(key);
    }

    @Override
    public Optional<ExternalArtifact> live(ObjectKey key) throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), key, ExternalArtifact.class);
    }

    @Override
    public List<ExternalArtifact> generatedBy(String generatorUid) throws IOException {
        if (!synced.getAsBoolean()) {
            throw new IOException("cannot list the ExternalArtifacts of a generator: the cache is not synced");
        }
        // read recent writes first, as above
        List<ExternalArtifact> written = recentWrites.all().toList();
        if (written.isEmpty()) {
            return List.copyOf(cache.byIndex(BY_GENERATOR, generatorUid));
        }
        Map<ObjectKey, ExternalArtifact> found = new LinkedHashMap<>();
        cache.byIndex(BY_GENERATOR, generatorUid).forEach(a -> found.put(a.key(), a));
        for (ExternalArtifact own : written) {
            found.put(
                    own.key(),
                    newest(own, Optional.ofNullable(cache.getByKey(own.key().toString()))));
        }
        return found.values().stream()
                .filter(a ->
                        Ownership.generatorUid(a).filter(generatorUid::equals).isPresent())
                .toList();
    }
}
