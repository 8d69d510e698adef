package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of a HelmChart.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param conditions Ready, and while they apply, Reconciling, Stalled and those of {@link SourceConditionTypes}
 * @param artifact the output of the last successful reconciliation
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param observedChartName the name of the chart that was last resolved
 * @param observedGeneration the last observed generation of the HelmChart object
 * @param observedSourceArtifactRevision the revision of the source's artifact that was last used
 * @param observedValuesFiles the values files that were last used
 * @param url the dynamic fetch link for the latest Artifact. It is provided on a "best effort" basis, and using the
 *     precise HelmChartStatus.Artifact data is recommended
 */
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
