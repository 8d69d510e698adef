package dev.sluice.reconciler.budget;

import java.util.HashMap;
import java.util.Map;

/** Accounting of a pool: shared part, usage by namespace, and lane. Guarded by the pool's lock. */
final class PoolUsage {

    private static final int LANE_PARTS = 2;
    private static final int PARTS = 3;

    private final long laneBytes;
    private final long sharedBytes;
    private final Map<String, Long> namespaces = new HashMap<>();
    private long laneUsed;
    private long sharedUsed;

    /** Sum of {@link #namespaces}: the shared part without idle shares. */
    private long charged;

    /** Gives the lane two thirds, so that a single large run is possible in a small heap. */
    PoolUsage(long totalBytes) {
        this.laneBytes = Math.max(1, totalBytes / PARTS * LANE_PARTS);
        this.sharedBytes = totalBytes - laneBytes;
    }

    long laneBytes() {
        return laneBytes;
    }

    long totalBytes() {
        return laneBytes + sharedBytes;
    }

    long used() {
        return laneUsed + sharedUsed;
    }

    boolean laneHas(long bytes) {
        return bytes <= laneBytes - laneUsed;
    }

    boolean sharedHas(long bytes) {
        return bytes <= sharedBytes - sharedUsed;
    }

    long missingInLane(long bytes) {
        return bytes - (laneBytes - laneUsed);
    }

    long missingInShared(long bytes) {
        return bytes - (sharedBytes - sharedUsed);
    }

    /** Maximum for one namespace while no other one uses the pool: half of the shared part. */
    long namespaceBytes() {
        return sharedBytes / 2;
    }

    /**
     * Whether the namespace would use no more of the shared part than it leaves for others. Any number of namespaces
     * together leave some of it free, so a small request never waits behind large ones. Idle shares count as free.
     */
    boolean namespaceHas(String namespace, long bytes) {
        return bytes == 0 || namespaces.getOrDefault(namespace, 0L) + bytes <= sharedBytes - charged - bytes;
    }

    /** Changes the size of a share within its part of the pool. */
    void add(BudgetShare share, long bytes) {
        if (share.inLane) {
            laneUsed += bytes;
        } else {
            sharedUsed += bytes;
            charge(share.chargedNamespace, bytes);
        }
        share.bytes += bytes;
    }

    void toLane(BudgetShare share) {
        long bytes = share.bytes;
        add(share, -bytes);
        share.inLane = true;
        add(share, bytes);
    }

    /** Moves a share to the shared part if it fits, and charges it to this namespace. */
    void fromLaneIfRoom(BudgetShare share, String namespace) {
        if (share.inLane && sharedHas(share.bytes)) {
            long bytes = share.bytes;
            add(share, -bytes);
            share.inLane = false;
            share.chargedNamespace = namespace;
            add(share, bytes);
        }
    }

    /** Charges the share to this namespace, or to none if it is empty. */
    void recharge(BudgetShare share, String namespace) {
        if (!share.inLane) {
            charge(share.chargedNamespace, -share.bytes);
            charge(namespace, share.bytes);
        }
        share.chargedNamespace = namespace;
    }

    private void charge(String namespace, long bytes) {
        if (!namespace.equals(BudgetShare.NOBODY)) {
            charged += bytes;
            namespaces.merge(namespace, bytes, Long::sum);
            namespaces.remove(namespace, 0L);
        }
    }
}
