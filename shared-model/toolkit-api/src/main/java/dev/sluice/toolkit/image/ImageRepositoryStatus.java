package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ConditionedStatus;
import dev.sluice.toolkit.meta.ReconcileRequestStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of an ImageRepository. */
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
