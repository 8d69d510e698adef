package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Git repository that source-controller clones and offers as an artifact.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record GitRepository(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        GitRepositorySpec spec,
        @Nullable GitRepositoryStatus status)
        implements Source<GitRepositorySpec, GitRepositoryStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<GitRepository, GitRepositoryList> TYPE = new ApiType<>(
            new ApiKind("source.toolkit.fluxcd.io", "v1", "GitRepository", "gitrepositories"),
            GitRepository.class,
            GitRepositoryList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public GitRepository {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "GitRepository", "metadata");
        Required.field(spec, "GitRepository", "spec");
    }

    /** Creates an object without a status. */
    public GitRepository(V1ObjectMeta metadata, GitRepositorySpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public GitRepository withMetadata(V1ObjectMeta metadata) {
        return new GitRepository(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public GitRepository withSpec(GitRepositorySpec spec) {
        return new GitRepository(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public GitRepository withStatus(@Nullable GitRepositoryStatus status) {
        return new GitRepository(apiVersion, kind, metadata, spec, status);
    }

    @Override
    public Optional<Artifact> artifact() {
        return status == null ? Optional.empty() : Optional.ofNullable(status.artifact());
    }
}
