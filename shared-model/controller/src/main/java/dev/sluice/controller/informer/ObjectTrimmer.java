package dev.sluice.controller.informer;

import dev.sluice.controller.apply.OwnedArtifact;
import dev.sluice.controller.apply.OwnedMetadata;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes off an object what a cache needs not hold: the managed fields, and kubectl's copy of the object in an
 * annotation; together they are often more than the rest. Managed fields that are kept are held once for all objects
 * that have the same. Thread-safe.
 */
final class ObjectTrimmer {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** Objects of one maker come one after the other, and theirs are alike. */
    private static final int REMEMBERED = 1_024;

    private final @Nullable String keepManager;
    private final Map<List<V1ManagedFieldsEntry>, List<V1ManagedFieldsEntry>> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<List<V1ManagedFieldsEntry>, List<V1ManagedFieldsEntry>> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** @param keepManager whose applied fields stay, those of the status too; null for none */
    ObjectTrimmer(@Nullable String keepManager) {
        this.keepManager = keepManager;
    }

    /** Changes the object, which nobody else has seen yet. */
    void apply(KubernetesObject object) {
        V1ObjectMeta metadata = object.getMetadata();
        metadata.setManagedFields(kept(metadata.getManagedFields()));
        Map<String, String> annotations = metadata.getAnnotations();
        if (annotations != null) {
            annotations.remove(LAST_APPLIED);
        }
    }

    private @Nullable List<V1ManagedFieldsEntry> kept(@Nullable List<V1ManagedFieldsEntry> entries) {
        if (keepManager == null || entries == null) {
            return null;
        }
        List<V1ManagedFieldsEntry> kept = entries.stream()
                .filter(entry ->
                        OwnedMetadata.isApplied(entry, keepManager) || OwnedArtifact.isApplied(entry, keepManager))
                .toList();
        // "the manager owns nothing" must not look like "nothing is known"
        return kept.isEmpty() && !entries.isEmpty() ? List.of(emptied(entries.get(0))) : shared(kept);
    }

    /** One for all that are equal but for their time, which nobody reads. */
    private synchronized List<V1ManagedFieldsEntry> shared(List<V1ManagedFieldsEntry> kept) {
        kept.forEach(entry -> entry.setTime(null));
        return known.computeIfAbsent(kept, Function.identity());
    }

    private static V1ManagedFieldsEntry emptied(V1ManagedFieldsEntry entry) {
        return new V1ManagedFieldsEntry().manager(entry.getManager()).operation(entry.getOperation());
    }
}
