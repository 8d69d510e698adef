package dev.sluice.kubeapi.store;

import java.util.ArrayList;
import java.util.List;

/** The latest changes of one resource in a ring, found by revision. Not thread-safe: the store guards it. */
final class History {

    private final StoreEvent[] ring;
    private int first;
    private int size;

    /** Who asks anew must ask for this revision or a later one. */
    private long compacted;

    /** The latest change that was dropped: a reader that has seen it has missed nothing. */
    private long dropped;

    History(int limit, long compacted) {
        this.ring = new StoreEvent[limit];
        this.compacted = compacted;
        this.dropped = compacted;
    }

    /** @throws CompactedException when a reader that starts at {@code revision} could miss something */
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

    /** Forgets everything up to and including {@code revision}. */
    void compact(long revision) {
        while (size > 0 && at(0).revision() <= revision) {
            dropOldest();
        }
        compacted = Math.max(compacted, revision);
    }

    /**
     * The changes after {@code revision}, oldest first, at most {@code limit} of them, for a reader that has followed so
     * far: it may be behind the compaction as long as nothing was dropped that it has not seen.
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

    /** The changes after {@code revision}, latest first: the order in which to undo them. */
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

    @SuppressWarnings("NullAway") // an emptied slot is never read: size and first bound all access
    private void dropOldest() {
        dropped = at(0).revision();
        compacted = Math.max(compacted, dropped);
        ring[first] = null;
        first = (first + 1) % ring.length;
        size--;
    }
}
