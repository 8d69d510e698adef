package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An OCI artifact that source-controller pulls and offers as an artifact.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record OCIRepository(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        OCIRepositorySpec spec,
        @Nullable OCIRepositoryStatus status)
        implements Source<OCIRepositorySpec, OCIRepositoryStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<OCIRepository, OCIRepositoryList> TYPE = new ApiType<>(
            new ApiKind("source.toolkit.fluxcd.io", "v1", "OCIRepository", "ocirepositories"),
            OCIRepository.class,
            OCIRepositoryList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public OCIRepository {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "OCIRepository", "metadata");
        Required.field(spec, "OCIRepository", "spec");
    }

    /** Creates an object without a status. */
    public OCIRepository(V1ObjectMeta metadata, OCIRepositorySpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public OCIRepository withMetadata(V1ObjectMeta metadata) {
        return new OCIRepository(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public OCIRepository withSpec(OCIRepositorySpec spec) {
        return new OCIRepository(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public OCIRepository withStatus(@Nullable OCIRepositoryStatus status) {
        return new OCIRepository(apiVersion, kind, metadata, spec, status);
    }

    @Override
    public Optional<Artifact> artifact() {
        return status == null ? Optional.empty() : Optional.ofNullable(status.artifact());
    }
}
