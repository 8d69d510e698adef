package dev.sluice.reconciler.cluster;

import dev.sluice.toolkit.meta.ObjectKey;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks per ExternalArtifact name within the process, so that two generators cannot claim the same free name. Striped,
 * hence of fixed size; keys that share a stripe wait for each other.
 */
public final class KeyLocks {

    private static final int STRIPES = 256;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /** Creates unlocked locks. */
    public KeyLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Waits for the lock; interruptible, which the deadline of a run relies on. */
    public Held hold(ObjectKey key) throws InterruptedException {
        ReentrantLock lock = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        lock.lockInterruptibly();
        return lock::unlock;
    }

    /** A held lock; must be released by the thread that took it. */
    public interface Held {
        void release();
    }
}
