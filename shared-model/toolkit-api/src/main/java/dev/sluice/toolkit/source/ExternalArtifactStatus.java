package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.JsonValue;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of an ExternalArtifact.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param conditions Ready, and while they apply, Reconciling and Stalled
 * @param artifact the output of an ExternalArtifact reconciliation
 * @param exportedInputs JSON values in the artifact for templates, by name; since Flux 2.10
 */
public record ExternalArtifactStatus(
        List<V1Condition> conditions, @Nullable Artifact artifact, Map<String, JsonValue> exportedInputs)
        implements ConditionedStatus {

    public ExternalArtifactStatus {
        conditions = List.copyOf(conditions);
        exportedInputs = Immutable.compact(exportedInputs);
    }

    /** Creates a status without exported inputs. */
    public ExternalArtifactStatus(List<V1Condition> conditions, @Nullable Artifact artifact) {
        this(conditions, artifact, Map.of());
    }
}
