package dev.sluice.reconciler.cluster;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.HelmChart;
import dev.sluice.toolkit.source.OCIRepository;
import dev.sluice.toolkit.source.Source;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.openapi.models.V1Namespace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The caches that the controller reads: generators and the five source kinds.
 *
 * @param namespaces empty if generators cannot manage namespaces
 * @param whyUnreadable returns the reason why an existing source of a kind is missing from its cache
 */
public record GeneratorInformers(
        SharedIndexInformer<ArtifactGenerator> generators,
        SharedIndexInformer<GitRepository> gitRepositories,
        SharedIndexInformer<OCIRepository> ociRepositories,
        SharedIndexInformer<Bucket> buckets,
        SharedIndexInformer<HelmChart> helmCharts,
        SharedIndexInformer<ExternalArtifact> externalArtifacts,
        BiFunction<String, ObjectKey, Optional<String>> whyUnreadable,
        Optional<SharedIndexInformer<V1Namespace>> namespaces) {

    /** Creates informers without namespaces. */
    public GeneratorInformers(
            SharedIndexInformer<ArtifactGenerator> generators,
            SharedIndexInformer<GitRepository> gitRepositories,
            SharedIndexInformer<OCIRepository> ociRepositories,
            SharedIndexInformer<Bucket> buckets,
            SharedIndexInformer<HelmChart> helmCharts,
            SharedIndexInformer<ExternalArtifact> externalArtifacts,
            BiFunction<String, ObjectKey, Optional<String>> whyUnreadable) {
        this(
                generators,
                gitRepositories,
                ociRepositories,
                buckets,
                helmCharts,
                externalArtifacts,
                whyUnreadable,
                Optional.empty());
    }

    /** Returns a copy with namespaces, for generators that manage them. */
    public GeneratorInformers withNamespaces(SharedIndexInformer<V1Namespace> added) {
        return new GeneratorInformers(
                generators,
                gitRepositories,
                ociRepositories,
                buckets,
                helmCharts,
                externalArtifacts,
                whyUnreadable,
                Optional.of(added));
    }

    /** The informers of the sources by kind. */
    public Map<String, SharedIndexInformer<? extends Source<?, ?>>> sourcesByKind() {
        Map<String, SharedIndexInformer<? extends Source<?, ?>>> byKind = new LinkedHashMap<>();
        byKind.put(GitRepository.TYPE.kind().kind(), gitRepositories);
        byKind.put(OCIRepository.TYPE.kind().kind(), ociRepositories);
        byKind.put(Bucket.TYPE.kind().kind(), buckets);
        byKind.put(HelmChart.TYPE.kind().kind(), helmCharts);
        byKind.put(ExternalArtifact.TYPE.kind().kind(), externalArtifacts);
        return byKind;
    }

    /**
     * The cached generator that owns the object, see {@link Ownership#isOwn}; empty for objects of other shards and
     * controllers.
     */
    public Optional<ObjectKey> generatorOf(ExternalArtifact artifact) {
        return owner(artifact).map(ArtifactGenerator::key);
    }

    /** Whether a cached generator claims the object; see {@link Ownership#isClaimed}. */
    public boolean isClaimed(ExternalArtifact artifact) {
        return owner(artifact)
                .filter(generator -> Ownership.isClaimed(generator, artifact))
                .isPresent();
    }

    private Optional<ArtifactGenerator> owner(ExternalArtifact artifact) {
        return Ownership.generatorUid(artifact)
                .flatMap(uid -> generators.getIndexer().byIndex(CachedGenerators.BY_UID, uid).stream()
                        .filter(generator -> Ownership.isOwn(generator, artifact))
                        .findFirst());
    }

    /** Whether an ExternalArtifact exists that cannot be read and is therefore not in the cache. */
    public boolean isSetAside(ObjectKey externalArtifact) {
        return whyUnreadable
                .apply(ExternalArtifact.TYPE.kind().kind(), externalArtifact)
                .isPresent();
    }

    /** Whether all caches hold their initial list. */
    public boolean synced() {
        return Stream.of(Stream.of(generators), sourcesByKind().values().stream(), namespaces.stream())
                .<SharedIndexInformer<?>>flatMap(informers -> informers)
                .allMatch(SharedIndexInformer::hasSynced);
    }
}
