package dev.sluice.reconciler.cluster;

import dev.sluice.toolkit.source.Source;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Source objects in the informers' caches, by kind. */
final class CachedSources implements SourceReader {

    private final Map<String, SharedIndexInformer<? extends Source<?, ?>>> informers;

    CachedSources(Map<String, SharedIndexInformer<? extends Source<?, ?>>> informersByKind) {
        this.informers = Map.copyOf(informersByKind);
    }

    @Override
    public Optional<SourceReader.State> read(SourceKey key) throws IOException {
        var informer = informers.get(key.kind());
        if (informer == null) {
            throw new IOException(
                    "source kind '%s' is not supported; use one of %s".formatted(key.kind(), informers.keySet()));
        }
        var object = informer.getIndexer().getByKey(key.objectKey().toString());
        return object == null ? Optional.empty() : Optional.of(new SourceReader.State(object.artifact()));
    }
}
