package dev.sluice.controller.publish;

import dev.sluice.controller.apply.OwnedArtifact;
import dev.sluice.controller.apply.OwnedMetadata;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Reasons;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares an ExternalArtifact in the cluster with the wanted state; ignores fields of other managers. */
record PublishedState(PublisherOptions options) {

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    Map<String, String> labelsOf(Publication wanted) {
        Map<String, String> labels = new LinkedHashMap<>(wanted.labels());
        labels.put(MANAGED_BY, options.managedBy());
        return Immutable.map(labels);
    }

    boolean holdsObject(ExternalArtifact current, Publication wanted) {
        V1ObjectMeta metadata = current.metadata();
        return contains(metadata.getLabels(), labelsOf(wanted))
                && contains(metadata.getAnnotations(), wanted.annotations())
                && (wanted.owner() == null || hasOwner(metadata.getOwnerReferences(), wanted.owner()))
                && wanted.sourceRef().equals(current.spec().sourceRef())
                && ownsExactly(metadata, wanted);
    }

    boolean holdsStatus(ExternalArtifact current, Publication wanted) {
        return current.artifact().filter(wanted.artifact()::equals).isPresent()
                && Conditions.find(current.conditions(), ConditionTypes.READY)
                        .filter(ready -> isReady(ready, current.metadata().getGeneration()))
                        .isPresent()
                && ownsArtifact(current)
                && inputsOf(current).equals(wanted.inputs());
    }

    static ExportedInputs inputsOf(ExternalArtifact current) {
        ExternalArtifactStatus status = current.status();
        return status == null ? ExportedInputs.NONE : ExportedInputs.of(status.exportedInputs());
    }

    /** A field that another manager has written belongs to that manager, even if the value is unchanged. */
    boolean ownsArtifact(ExternalArtifact current) {
        V1ObjectMeta metadata = current.metadata();
        return isUnknown(metadata)
                || current.artifact()
                        .map(OwnedArtifact.of(metadata, options.fieldManager())::covers)
                        .orElse(true);
    }

    private static boolean isUnknown(V1ObjectMeta metadata) {
        return metadata.getManagedFields() == null
                || metadata.getManagedFields().isEmpty();
    }

    private static boolean isReady(V1Condition ready, @Nullable Long generation) {
        return Conditions.TRUE.equals(ready.getStatus())
                && Reasons.SUCCEEDED.equals(ready.getReason())
                && ExternalArtifactPublisher.READY_MESSAGE.equals(ready.getMessage())
                && Objects.equals(ready.getObservedGeneration(), generation);
    }

    /**
     * Fields that we own and no longer want must be removed; only the managed fields distinguish them from others'
     * fields.
     */
    private boolean ownsExactly(V1ObjectMeta metadata, Publication wanted) {
        if (isUnknown(metadata)) {
            return true;
        }
        OwnedMetadata owned = OwnedMetadata.of(metadata, options.fieldManager());
        int owners = wanted.owner() == null ? 0 : 1;
        return owned.labels().equals(labelsOf(wanted).keySet())
                && owned.annotations().equals(wanted.annotations().keySet())
                && owned.ownerReferences() == owners;
    }

    private static boolean contains(@Nullable Map<String, String> present, Map<String, String> wanted) {
        return wanted.isEmpty() || (present != null && present.entrySet().containsAll(wanted.entrySet()));
    }

    private static boolean hasOwner(@Nullable List<V1OwnerReference> owners, V1OwnerReference wanted) {
        return owners != null && owners.contains(wanted);
    }
}
