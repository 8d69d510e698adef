package dev.sluice.reconciler.cluster;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.cache.Indexer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ArtifactGenerators in the informer's cache, indexed by source, output and UID. */
final class CachedGenerators implements GeneratorReader {

    private static final String BY_SOURCE = "source";
    private static final String BY_OUTPUT = "output";
    static final String BY_UID = "uid";

    private final Indexer<ArtifactGenerator> cache;
    private final ApiRequests requests;

    CachedGenerators(Indexer<ArtifactGenerator> cache, ApiRequests requests) {
        this.cache = cache;
        this.requests = requests;
    }

    /** Adds the indexes; call before the informer is started. */
    static CachedGenerators on(SharedIndexInformer<ArtifactGenerator> informer, ApiRequests requests) {
        informer.addIndexers(Map.of(
                BY_SOURCE, CachedGenerators::sourcesOf,
                BY_OUTPUT, CachedGenerators::outputsOf,
                BY_UID, generator -> List.of(Ownership.uidOf(generator))));
        return new CachedGenerators(informer.getIndexer(), requests);
    }

    @Override
    public Optional<ArtifactGenerator> get(ObjectKey key) {
        return Optional.ofNullable(cache.getByKey(key.toString()));
    }

    @Override
    public Optional<ArtifactGenerator> read(ObjectKey key) throws IOException {
        return requests.get(ArtifactGenerator.TYPE.kind(), key, ArtifactGenerator.class);
    }

    @Override
    public Optional<ArtifactGenerator> withUid(String uid) {
        return cache.byIndex(BY_UID, uid).stream().findFirst();
    }

    @Override
    public List<ArtifactGenerator> naming(ObjectKey externalArtifact) {
        return cache.byIndex(BY_OUTPUT, externalArtifact.toString());
    }

    @Override
    public List<ObjectKey> using(SourceKey source) {
        return cache.byIndex(BY_SOURCE, source.toString()).stream()
                .map(ArtifactGenerator::key)
                .toList();
    }

    @Override
    public boolean isAlive(String uid, ObjectKey key) throws IOException {
        return withUid(uid).isPresent()
                || read(key)
                        .filter(generator -> uid.equals(generator.metadata().getUid()))
                        .isPresent();
    }

    private static List<String> sourcesOf(ArtifactGenerator generator) {
        return generator.spec().sources().stream()
                .map((SourceReference source) -> SourceKey.of(generator, source).toString())
                .distinct()
                .toList();
    }

    private static List<String> outputsOf(ArtifactGenerator generator) {
        if (PathPattern.isIn(generator.spec())) {
            return List.of();
        }
        String namespace = generator.key().namespace();
        return generator.spec().artifacts().stream()
                .map(generator::artifactKey)
                .filter(output -> output.namespace().equals(namespace))
                .map(ObjectKey::toString)
                .distinct()
                .toList();
    }
}
