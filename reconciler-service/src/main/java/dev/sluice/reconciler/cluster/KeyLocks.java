package dev.sluice.reconciler.cluster;

import dev.sluice.toolkit.meta.ObjectKey;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One writer per ExternalArtifact within the process: two generators that claim the same name must not both find it
 * free. Striped, so that its size is fixed; a key that shares a stripe merely waits.
 */
public final class KeyLocks {

    private static final int STRIPES = 256;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /** Locks that nobody holds. */
    public KeyLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Waits until the lock is free or this thread is interrupted (which the run's deadline does). */
    public Held hold(ObjectKey key) throws InterruptedException {
        ReentrantLock lock = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        lock.lockInterruptibly();
        return lock::unlock;
    }

    /** A lock that is held until released, by the thread that took it. */
    public interface Held {
        void release();
    }
}
