package dev.sluice.kubeapi.store;

import dev.sluice.kubeapi.object.StoreKey;
import org.jspecify.annotations.Nullable;

/**
 * A committed write.
 *
 * @param before the previous object; null for a creation
 * @param after the new object; for a deletion, the last state at the revision of the deletion
 */
public record StoreEvent(
        long revision, StoreKey key, @Nullable StoredObject before, StoredObject after, boolean deletion) {}
