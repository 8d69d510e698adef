package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionedStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the controller reports about a ExternalArtifact. */
public record ExternalArtifactStatus(
        List<V1Condition> conditions, @Nullable Artifact artifact) implements ConditionedStatus {

    public ExternalArtifactStatus {
        conditions = List.copyOf(conditions);
    }
}
