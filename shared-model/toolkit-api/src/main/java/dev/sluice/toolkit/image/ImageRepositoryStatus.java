package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of an ImageRepository.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param conditions the conditions, at most one of each type
 * @param canonicalImageName the name of the image repository with all the implied bits made explicit;
 *     e.g., {@code docker.io/library/alpine} rather than {@code alpine}
 * @param lastHandledReconcileAt the value of the most recent reconcile request value, so a change of the annotation
 *     value can be detected
 * @param lastScanResult the number of fetched tags
 * @param observedExclusionList the observed exclusion list. It reflects the exclusion rules used for the
 *     observed scan result in spec.lastScanResult
 * @param observedGeneration the last reconciled generation
 */
public record ImageRepositoryStatus(
        List<V1Condition> conditions,
        @Nullable String canonicalImageName,
        @Nullable String lastHandledReconcileAt,
        @Nullable ScanResult lastScanResult,
        List<String> observedExclusionList,
        @Nullable Long observedGeneration)
        implements ConditionedStatus, ReconcileRequestStatus {

    public ImageRepositoryStatus {
        conditions = List.copyOf(conditions);
        observedExclusionList = List.copyOf(observedExclusionList);
    }
}
