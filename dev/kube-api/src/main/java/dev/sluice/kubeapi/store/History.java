package dev.sluice.kubeapi.store;

import java.util.ArrayList;
import java.util.List;

/** A ring buffer of the latest changes of a resource. Not thread-safe: guarded by the store's lock. */
final class History {

    private final StoreEvent[] ring;
    private int first;
    private int size;

    /** New readers must start at this revision or later. */
    private long compacted;

    /** The revision of the last dropped change; existing readers at this revision have missed nothing. */
    private long dropped;

    History(int limit, long compacted) {
        this.ring = new StoreEvent[limit];
        this.compacted = compacted;
        this.dropped = compacted;
    }

    /** @throws CompactedException if a reader that starts at {@code revision} could miss changes */
    void requireKept(long revision) throws CompactedException {
        if (revision < compacted) {
            throw new CompactedException(revision, compacted);
        }
    }

    void add(StoreEvent change) {
        if (size == ring.length) {
            dropOldest();
        }
        ring[(first + size) % ring.length] = change;
        size++;
    }

    /** Discards all changes up to and including {@code revision}. */
    void compact(long revision) {
        while (size > 0 && at(0).revision() <= revision) {
            dropOldest();
        }
        compacted = Math.max(compacted, revision);
    }

    /**
     * Returns up to {@code limit} changes after {@code revision}, oldest first, for an existing reader. It can be
     * behind the compaction as long as no change was dropped that it has not seen.
     */
    List<StoreEvent> after(long revision, int limit) throws CompactedException {
        if (revision < dropped) {
            throw new CompactedException(revision, dropped);
        }
        int from = indexAfter(revision);
        int count = Math.min(limit, size - from);
        List<StoreEvent> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changes.add(at(from + i));
        }
        return changes;
    }

    /** Returns the changes after {@code revision}, latest first, which is the order for undoing them. */
    List<StoreEvent> undo(long revision) throws CompactedException {
        requireKept(revision);
        int from = indexAfter(revision);
        List<StoreEvent> changes = new ArrayList<>(size - from);
        for (int i = size - 1; i >= from; i--) {
            changes.add(at(i));
        }
        return changes;
    }

    private int indexAfter(long revision) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private StoreEvent at(int index) {
        return ring[(first + index) % ring.length];
    }

    @SuppressWarnings("NullAway") // cleared slots are never read: size and first limit all access
    private void dropOldest() {
        dropped = at(0).revision();
        compacted = Math.max(compacted, dropped);
        ring[first] = null;
        first = (first + 1) % ring.length;
        size--;
    }
}
