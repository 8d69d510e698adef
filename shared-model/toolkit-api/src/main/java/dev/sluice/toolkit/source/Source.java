package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Optional;

/** A Flux object that offers an artifact. */
public sealed interface Source<S, T extends ConditionedStatus> extends ToolkitObject<S, T>
        permits Bucket, ExternalArtifact, GitRepository, HelmChart, HelmRepository, OCIRepository {

    /** Returns the current artifact; empty before the first success. */
    Optional<Artifact> artifact();

    @Override
    Source<S, T> withMetadata(V1ObjectMeta metadata);
}
