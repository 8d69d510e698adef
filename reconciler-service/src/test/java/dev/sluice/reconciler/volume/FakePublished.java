package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** ExternalArtifacts in a cache that may be behind the API server. */
final class FakePublished implements ExternalArtifactLister {

    final Map<ObjectKey, ExternalArtifact> cache = new LinkedHashMap<>();
    final Map<ObjectKey, ExternalArtifact> live = new LinkedHashMap<>();
    final Set<ObjectKey> own = new HashSet<>();
    final Set<ObjectKey> edited = new HashSet<>();
    final Set<ObjectKey> disclaimed = new HashSet<>();
    String namespace = "";
    boolean synced = true;
    volatile boolean unreachable;

    /** Published by a generator of this shard, with the same name. */
    void own(ObjectKey key, Artifact artifact) {
        own.add(key);
        otherShards(key, artifact);
    }

    /** Published by a generator of another shard. */
    void otherShards(ObjectKey key, Artifact artifact) {
        offer(object(key, Map.of("source.extensions.fluxcd.io/generator", "uid-" + key.name())), artifact);
    }

    /** Published by another controller. */
    void foreign(ObjectKey key, Artifact artifact) {
        offer(object(key, Map.of()), artifact);
    }

    private void offer(ExternalArtifact object, Artifact artifact) {
        ExternalArtifact offering = object.withStatus(new ExternalArtifactStatus(List.of(), artifact));
        cache.put(object.key(), offering);
        live.put(object.key(), offering);
    }

    /** An object in the API server that is not in the cache yet and offers no artifact. */
    void unseen(ObjectKey key) {
        live.put(key, object(key, Map.of()));
    }

    void remove(ObjectKey key) {
        cache.remove(key);
        live.remove(key);
    }

    private static ExternalArtifact object(ObjectKey key, Map<String, String> labels) {
        return new ExternalArtifact(
                new V1ObjectMeta().namespace(key.namespace()).name(key.name()).labels(labels),
                new ExternalArtifactSpec(
                        new NamespacedObjectKindReference(null, "ArtifactGenerator", key.name(), key.namespace())));
    }

    @Override
    public boolean synced() {
        return synced;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public List<ExternalArtifact> cached() {
        return List.copyOf(cache.values());
    }

    @Override
    public Optional<ExternalArtifact> cached(ObjectKey key) {
        return Optional.ofNullable(cache.get(key));
    }

    @Override
    public Optional<ExternalArtifact> live(ObjectKey key) throws IOException {
        requireReachable();
        return Optional.ofNullable(live.get(key));
    }

    @Override
    public void forEachLive(Consumer<ExternalArtifact> action) throws IOException {
        live.values().stream().limit(1).forEach(action); // an incomplete list: only the first page
        requireReachable();
        live.values().forEach(action);
    }

    @Override
    public boolean isAsApplied(ExternalArtifact artifact) {
        return !edited.contains(artifact.key());
    }

    @Override
    public Optional<ObjectKey> ownGenerator(ExternalArtifact artifact) {
        return Optional.of(artifact.key()).filter(own::contains);
    }

    @Override
    public boolean isClaimed(ExternalArtifact artifact) {
        return !disclaimed.contains(artifact.key());
    }

    private void requireReachable() throws IOException {
        if (unreachable) {
            throw new IOException("the API server is unreachable");
        }
    }
}
