package dev.sluice.reconciler.namespaces;

import dev.sluice.controller.apply.OwnedMetadata;
import dev.sluice.toolkit.extensions.ExtensionsAnnotations;
import dev.sluice.toolkit.extensions.GeneratorLabels;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A namespace as the API server has it. */
record NamespaceState(V1ObjectMeta metadata) {

    String name() {
        return Objects.requireNonNullElse(metadata.getName(), "");
    }

    String uid() {
        return Objects.requireNonNullElse(metadata.getUid(), "");
    }

    Map<String, String> labels() {
        return Objects.requireNonNullElse(metadata.getLabels(), Map.of());
    }

    Map<String, String> annotations() {
        return Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
    }

    NamespaceControls controls() {
        return NamespaceControls.of(labels(), annotations());
    }

    /** The UID of the generator that manages the namespace; empty if none does. */
    String generatorUid() {
        return labels().getOrDefault(GeneratorLabels.GENERATOR, "");
    }

    /** Whether this generator manages the namespace, and not only its label was copied. */
    boolean isManagedBy(String uid, String fieldManager) {
        return generatorUid().equals(uid) && ownsLabel(fieldManager);
    }

    /**
     * The UID of the generator for which the controller has written the label; without that label, the one in the
     * annotation about the origin. Empty if the controller has written neither.
     */
    String managerUid(String fieldManager) {
        return ownsLabel(fieldManager)
                ? generatorUid()
                : NamespaceOrigin.generatorUid(this, fieldManager).orElse("");
    }

    private boolean ownsLabel(String fieldManager) {
        return OwnedMetadata.of(metadata, fieldManager).labels().contains(GeneratorLabels.GENERATOR);
    }

    boolean isTerminating() {
        return metadata.getDeletionTimestamp() != null;
    }

    String externalFinalizer() {
        return annotations().getOrDefault(ExtensionsAnnotations.EXTERNAL_FINALIZER, "");
    }

    /** The labels and annotations that the manager has applied, with their values; without its origin. */
    DesiredNamespace appliedBy(String fieldManager) {
        OwnedMetadata owned = OwnedMetadata.of(metadata, fieldManager);
        Map<String, String> annotations = only(owned.annotations(), annotations());
        annotations.keySet().removeAll(NamespaceOrigin.KEYS);
        return new DesiredNamespace(name(), only(owned.labels(), labels()), annotations);
    }

    private static Map<String, String> only(Set<String> keys, Map<String, String> values) {
        Map<String, String> selected = new LinkedHashMap<>(values);
        selected.keySet().retainAll(keys);
        return selected;
    }
}
