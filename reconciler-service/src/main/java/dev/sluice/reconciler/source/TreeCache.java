package dev.sluice.reconciler.source;

import dev.sluice.artifact.tree.FileTree;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Trees by digest, least recently used first out. A tree is filled once however many threads ask for it; the others
 * wait for the one that fills. Trees in use are never evicted, so nobody waits for room. Thread-safe.
 */
final class TreeCache implements Closeable {

    /** Fills one tree; called without the cache's lock. */
    interface Filler {
        CachedTree fill() throws IOException, InterruptedException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Map<String, CachedTree> trees = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Thread> filling = new HashMap<>();
    private final long maxBytes;
    private final SourceCacheStats stats;
    private long bytes;
    private boolean closed;

    TreeCache(long maxBytes, SourceCacheStats stats) {
        this.maxBytes = maxBytes;
        this.stats = stats;
    }

    /** The tree of this key, filled when it is not there. The caller's interruption ends the wait. */
    SourceLease acquire(String key, Filler filler) throws IOException, InterruptedException {
        SourceLease present = leaseOrClaim(key);
        return present != null ? present : fill(key, filler);
    }

    private @Nullable SourceLease leaseOrClaim(String key) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                requireOpen();
                CachedTree tree = trees.get(key);
                if (tree != null) {
                    stats.hit();
                    return lease(tree);
                }
                if (filling.putIfAbsent(key, Thread.currentThread()) == null) {
                    stats.miss();
                    return null;
                }
                filled.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private SourceLease fill(String key, Filler filler) throws IOException, InterruptedException {
        try {
            return publish(key, filler.fill());
        } finally {
            lock.lock();
            try {
                filling.remove(key);
                filled.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private SourceLease publish(String key, CachedTree tree) throws IOException {
        lock.lock();
        try {
            if (closed) {
                tree.discard();
                requireOpen();
            }
            trees.put(key, tree);
            bytes += tree.weight();
            SourceLease lease = lease(tree);
            evictIdle();
            return lease;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the source cache is closed: the service is stopping");
        }
    }

    private SourceLease lease(CachedTree tree) {
        tree.addLease();
        return new Lease(tree);
    }

    private void release(CachedTree tree) {
        lock.lock();
        try {
            tree.removeLease();
            if (closed && !tree.isLeased()) {
                tree.discard();
            }
            evictIdle();
        } finally {
            lock.unlock();
        }
    }

    private void evictIdle() {
        Iterator<CachedTree> eldestFirst = trees.values().iterator();
        while (bytes > maxBytes && eldestFirst.hasNext()) {
            CachedTree tree = eldestFirst.next();
            if (!tree.isLeased()) {
                eldestFirst.remove();
                bytes -= tree.weight();
                stats.evicted();
                tree.discard();
            }
        }
        stats.size(bytes, trees.size());
    }

    /** Discards what is idle now and the rest as its leases end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            trees.values().stream().filter(tree -> !tree.isLeased()).forEach(CachedTree::discard);
            trees.clear();
            bytes = 0;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Lease implements SourceLease {

        private final CachedTree tree;
        private final AtomicBoolean released = new AtomicBoolean();

        Lease(CachedTree tree) {
            this.tree = tree;
        }

        @Override
        public FileTree tree() {
            return tree.tree();
        }

        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                release(tree);
            }
        }
    }
}
