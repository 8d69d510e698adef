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
        return generatorUid().equals(uid)
                && OwnedMetadata.of(metadata, fieldManager).labels().contains(GeneratorLabels.GENERATOR);
    }

    boolean isTerminating() {
        return metadata.getDeletionTimestamp() != null;
    }

    /** Whether the namespace existed before a generator managed it. */
    boolean isAdopted() {
        return !annotations().getOrDefault(NamespaceMetadataPlan.ADOPTED_BY, "").isEmpty();
    }

    String externalFinalizer() {
        return annotations().getOrDefault(ExtensionsAnnotations.EXTERNAL_FINALIZER, "");
    }

    /** The labels and annotations that the manager has applied, with their values; without the mark of an adoption. */
    DesiredNamespace appliedBy(String fieldManager) {
        OwnedMetadata owned = OwnedMetadata.of(metadata, fieldManager);
        Map<String, String> annotations = only(owned.annotations(), annotations());
        annotations.remove(NamespaceMetadataPlan.ADOPTED_BY);
        return new DesiredNamespace(name(), only(owned.labels(), labels()), annotations);
    }

    private static Map<String, String> only(Set<String> keys, Map<String, String> values) {
        Map<String, String> selected = new LinkedHashMap<>(values);
        selected.keySet().retainAll(keys);
        return selected;
    }
}
