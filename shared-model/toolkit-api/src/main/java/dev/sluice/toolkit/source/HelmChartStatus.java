package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of a HelmChart. */
public record HelmChartStatus(
        List<V1Condition> conditions,
        @Nullable Artifact artifact,
        @Nullable String lastHandledReconcileAt,
        @Nullable String observedChartName,
        @Nullable Long observedGeneration,
        @Nullable String observedSourceArtifactRevision,
        List<String> observedValuesFiles,
        @Nullable String url)
        implements ConditionedStatus, ReconcileRequestStatus {

    public HelmChartStatus {
        conditions = List.copyOf(conditions);
        observedValuesFiles = List.copyOf(observedValuesFiles);
    }
}
