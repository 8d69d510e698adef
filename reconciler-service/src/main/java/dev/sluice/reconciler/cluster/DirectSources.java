package dev.sluice.reconciler.cluster;

import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.HelmChart;
import dev.sluice.toolkit.source.OCIRepository;
import dev.sluice.toolkit.source.Source;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Reads source objects from the API server on each call (feature gate DirectSourceFetch). */
final class DirectSources implements SourceReader {

    private static final Map<String, ApiType<? extends Source<?, ?>, ?>> TYPES = Map.of(
            "GitRepository",
            GitRepository.TYPE,
            "OCIRepository",
            OCIRepository.TYPE,
            "Bucket",
            Bucket.TYPE,
            "HelmChart",
            HelmChart.TYPE,
            ExternalArtifactPaths.KIND,
            ExternalArtifact.TYPE);

    private final ApiRequests requests;
    private final String namespace;

    DirectSources(ApiRequests requests, String namespace) {
        this.requests = requests;
        this.namespace = namespace;
    }

    @Override
    public Optional<SourceReader.State> read(SourceKey key) throws IOException {
        ApiType<? extends Source<?, ?>, ?> type = TYPES.get(key.kind());
        if (type == null) {
            throw new IOException(
                    "source kind '%s' is not supported; use one of %s".formatted(key.kind(), TYPES.keySet()));
        }
        if (!namespace.isEmpty() && !namespace.equals(key.namespace())) {
            return Optional.empty();
        }
        return requests.get(type.kind(), key.objectKey(), type.objectClass())
                .map(object -> new SourceReader.State(object.artifact()));
    }
}
