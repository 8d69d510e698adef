package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that is produced and served by another controller than source-controller (Flux RFC-0012).
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record ExternalArtifact(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        ExternalArtifactSpec spec,
        @Nullable ExternalArtifactStatus status)
        implements Source<ExternalArtifactSpec, ExternalArtifactStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<ExternalArtifact, ExternalArtifactList> TYPE = new ApiType<>(
            new ApiKind("source.toolkit.fluxcd.io", "v1", ExternalArtifactPaths.KIND, "externalartifacts"),
            ExternalArtifact.class,
            ExternalArtifactList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public ExternalArtifact {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, ExternalArtifactPaths.KIND, "metadata");
        Required.field(spec, ExternalArtifactPaths.KIND, "spec");
    }

    /** Creates an object without a status. */
    public ExternalArtifact(V1ObjectMeta metadata, ExternalArtifactSpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public ExternalArtifact withMetadata(V1ObjectMeta metadata) {
        return new ExternalArtifact(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public ExternalArtifact withSpec(ExternalArtifactSpec spec) {
        return new ExternalArtifact(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public ExternalArtifact withStatus(@Nullable ExternalArtifactStatus status) {
        return new ExternalArtifact(apiVersion, kind, metadata, spec, status);
    }

    @Override
    public Optional<Artifact> artifact() {
        return status == null ? Optional.empty() : Optional.ofNullable(status.artifact());
    }
}
