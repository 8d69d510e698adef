package dev.sluice.controller.informer;

import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.controller.apply.OwnedArtifact;
import dev.sluice.controller.apply.OwnedMetadata;
import dev.sluice.toolkit.meta.JsonValue;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes from an object what a cache does not need: the managed fields and kubectl's last-applied annotation, which
 * together are often larger than the rest. Equal managed fields that are kept are shared among objects. Thread-safe.
 */
final class ObjectTrimmer {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** Objects of one field manager often come in sequence and have equal managed fields. */
    private static final int REMEMBERED = 1_024;

    private final @Nullable String keepManager;
    private final Map<List<V1ManagedFieldsEntry>, List<V1ManagedFieldsEntry>> known = new LruMap<>(REMEMBERED);

    /** @param keepManager manager whose applied fields, including those of the status, are kept; null for none */
    ObjectTrimmer(@Nullable String keepManager) {
        this.keepManager = keepManager;
    }

    /** Trims the object in place. */
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
        // distinguish "the manager owns nothing" from "the managed fields are unknown"
        return kept.isEmpty() && !entries.isEmpty() ? List.of(emptied(entries.get(0))) : shared(kept);
    }

    /** Returns one shared list for all that are equal apart from their unused times. */
    private synchronized List<V1ManagedFieldsEntry> shared(List<V1ManagedFieldsEntry> kept) {
        kept.forEach(entry -> entry.time(null).setFieldsV1(compact(entry.getFieldsV1())));
        return known.computeIfAbsent(kept, Function.identity());
    }

    /** Keeps the fields of exported inputs as JSON: there can be many, and their Java objects take much more memory. */
    private static @Nullable Object compact(@Nullable Object fields) {
        return fields instanceof Map<?, ?> map
                        && map.get("f:status") instanceof Map<?, ?> status
                        && status.containsKey("f:exportedInputs")
                ? JsonValue.of(fields)
                : fields;
    }

    private static V1ManagedFieldsEntry emptied(V1ManagedFieldsEntry entry) {
        return new V1ManagedFieldsEntry().manager(entry.getManager()).operation(entry.getOperation());
    }
}
