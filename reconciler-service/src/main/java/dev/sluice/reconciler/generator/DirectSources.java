package dev.sluice.reconciler.generator;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.source.Source;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Source objects read from the API server each time (feature gate DirectSourceFetch). */
final class DirectSources implements SourceReader {

    private final ApiRequests requests;
    private final Map<String, ApiType<? extends Source<?, ?>, ?>> types;
    private final String namespace;

    /** @param namespace the only one whose sources are seen, as by the cache; empty for all */
    DirectSources(ApiRequests requests, Map<String, ApiType<? extends Source<?, ?>, ?>> typesByKind, String namespace) {
        this.namespace = namespace;
        this.requests = requests;
        this.types = Map.copyOf(typesByKind);
    }

    @Override
    public Optional<SourceReader.State> read(SourceKey key) throws IOException {
        ApiType<? extends Source<?, ?>, ?> type = types.get(key.kind());
        if (type == null) {
            throw new IOException(
                    "source kind '%s' is not supported; use one of %s".formatted(key.kind(), types.keySet()));
        }
        if (!namespace.isEmpty() && !namespace.equals(key.namespace())) {
            return Optional.empty();
        }
        return requests.get(type.kind(), key.objectKey(), type.objectClass())
                .map(object -> new SourceReader.State(object.artifact()));
    }
}
