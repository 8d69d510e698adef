package dev.sluice.reconciler.console;

import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.Source;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Reads the caches at most once in {@link #MAX_AGE} for all clients, and only when a client asks. The garbage
 * collector may reclaim what was read. Thread-safe.
 */
final class ItemReader {

    static final Duration MAX_AGE = Duration.ofMillis(400);

    private final GeneratorInformers informers;
    private final VisibleNamespaces namespaces;
    private final LongSupplier furtherVersion;
    private final LongSupplier nanos;
    private SoftReference<CachedItems> last = new SoftReference<>(null);
    private long lastNanos;

    /** @param furtherVersion changes if something else that pages show has changed */
    ItemReader(
            GeneratorInformers informers,
            VisibleNamespaces namespaces,
            LongSupplier furtherVersion,
            LongSupplier nanos) {
        this.informers = informers;
        this.namespaces = namespaces;
        this.furtherVersion = furtherVersion;
        this.nanos = nanos;
    }

    synchronized CachedItems read() {
        CachedItems known = last.get();
        if (known != null && nanos.getAsLong() - lastNanos < MAX_AGE.toNanos()) {
            return known;
        }
        long begun = nanos.getAsLong();
        CachedItems fresh = readNow();
        if (known != null && known.version() == fresh.version()) {
            fresh = known;
        }
        last = new SoftReference<>(fresh);
        lastNanos = begun;
        return fresh;
    }

    private CachedItems readNow() {
        Versions versions = new Versions();
        List<Item> generators = new ArrayList<>();
        for (var generator : versions.count(informers.generators())) {
            if (isVisible(generator)) {
                generators.add(GeneratorItems.of(generator));
            }
        }
        List<Item> artifacts = new ArrayList<>();
        List<Item> sources = new ArrayList<>();
        for (var kind : informers.sourcesByKind().entrySet()) {
            for (Source<?, ?> source : versions.count(kind.getValue())) {
                if (isVisible(source)) {
                    boolean isGenerated =
                            source instanceof ExternalArtifact external && Ownership.isGenerated(external);
                    Item.Group group = isGenerated ? Item.Group.ARTIFACTS : Item.Group.SOURCES;
                    (isGenerated ? artifacts : sources).add(SourceItems.of(group, kind.getKey(), source));
                }
            }
        }
        for (List<Item> items : List.of(generators, artifacts, sources)) {
            items.sort(Item.WORST_FIRST);
        }
        boolean loaded = informers.synced();
        long version = versions.sum + furtherVersion.getAsLong() + (loaded ? 1 : 0);
        return new CachedItems(generators, artifacts, sources, version, loaded);
    }

    private boolean isVisible(KubernetesObject object) {
        return namespaces.includes(
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""));
    }

    /** A sum over the versions of all objects, which does not depend on their order. */
    private static final class Versions {

        private long sum;

        <T extends KubernetesObject> List<T> count(SharedIndexInformer<T> informer) {
            List<T> objects = informer.getIndexer().list();
            for (T object : objects) {
                var metadata = object.getMetadata();
                sum += 31L * Objects.hash(metadata.getUid(), metadata.getResourceVersion()) + 1;
            }
            return objects;
        }
    }
}
