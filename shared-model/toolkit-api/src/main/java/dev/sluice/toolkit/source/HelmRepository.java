package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Helm repository, whose artifact is its index; a repository of type {@code oci} has no artifact.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record HelmRepository(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        HelmRepositorySpec spec,
        @Nullable HelmRepositoryStatus status)
        implements Source<HelmRepositorySpec, HelmRepositoryStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<HelmRepository, HelmRepositoryList> TYPE = new ApiType<>(
            new ApiKind("source.toolkit.fluxcd.io", "v1", "HelmRepository", "helmrepositories"),
            HelmRepository.class,
            HelmRepositoryList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public HelmRepository {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "HelmRepository", "metadata");
        Required.field(spec, "HelmRepository", "spec");
    }

    /** Creates an object without a status. */
    public HelmRepository(V1ObjectMeta metadata, HelmRepositorySpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public HelmRepository withMetadata(V1ObjectMeta metadata) {
        return new HelmRepository(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public HelmRepository withSpec(HelmRepositorySpec spec) {
        return new HelmRepository(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public HelmRepository withStatus(@Nullable HelmRepositoryStatus status) {
        return new HelmRepository(apiVersion, kind, metadata, spec, status);
    }

    @Override
    public Optional<Artifact> artifact() {
        return status == null ? Optional.empty() : Optional.ofNullable(status.artifact());
    }
}
