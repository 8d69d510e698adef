package dev.sluice.kubeapi.store;

import dev.sluice.kubeapi.object.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * One committed write.
 *
 * @param before the object until then, null when it was created
 * @param after the object since then; of a deletion, its last state at the deletion's revision
 */
public record Change(
        long revision, ObjectKey key, @Nullable StoredObject before, StoredObject after, boolean deletion) {}
