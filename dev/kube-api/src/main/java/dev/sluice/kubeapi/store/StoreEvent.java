package dev.sluice.kubeapi.store;

import dev.sluice.kubeapi.object.StoreKey;
import org.jspecify.annotations.Nullable;

/**
 * One committed write.
 *
 * @param before the object until then, null when it was created
 * @param after the object since then; of a deletion, its last state at the deletion's revision
 */
public record StoreEvent(
        long revision, StoreKey key, @Nullable StoredObject before, StoredObject after, boolean deletion) {}
