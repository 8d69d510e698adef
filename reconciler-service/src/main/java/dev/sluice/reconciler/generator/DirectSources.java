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

    DirectSources(ApiRequests requests, Map<String, ApiType<? extends Source<?, ?>, ?>> typesByKind) {
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
        return requests.get(type.kind(), key.objectKey(), type.objectClass())
                .map(object -> new SourceReader.State(object.artifact()));
    }
}
