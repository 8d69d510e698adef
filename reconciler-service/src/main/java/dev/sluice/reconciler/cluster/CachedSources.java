package dev.sluice.reconciler.cluster;

import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.Source;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Source objects in the informers' caches, by kind. */
final class CachedSources implements SourceReader {

    private final Map<String, SharedIndexInformer<? extends Source<?, ?>>> informers;
    private final BiFunction<String, ObjectKey, Optional<String>> whyUnreadable;

    /** @param whyUnreadable returns the reason why an existing object of a kind is missing from the cache */
    CachedSources(
            Map<String, SharedIndexInformer<? extends Source<?, ?>>> informersByKind,
            BiFunction<String, ObjectKey, Optional<String>> whyUnreadable) {
        this.informers = Map.copyOf(informersByKind);
        this.whyUnreadable = whyUnreadable;
    }

    @Override
    public Optional<SourceReader.State> read(SourceKey key) throws IOException {
        var informer = informers.get(key.kind());
        if (informer == null) {
            throw new IOException(
                    "source kind '%s' is not supported; use one of %s".formatted(key.kind(), informers.keySet()));
        }
        var object = informer.getIndexer().getByKey(key.objectKey().toString());
        if (object != null) {
            return Optional.of(new SourceReader.State(object.artifact()));
        }
        Optional<String> reason = whyUnreadable.apply(key.kind(), key.objectKey());
        if (reason.isPresent()) {
            throw new IOException("cannot decode the object: %s; correct or delete it".formatted(reason.get()));
        }
        return Optional.empty();
    }
}
