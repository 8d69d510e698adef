package dev.sluice.reconciler.source;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.RunBudget;
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
 * Trees by digest, with eviction of the least recently used. Bounded by its own size, which trees in use may exceed,
 * and by the process budget, which evicts idle trees when it needs their share. Thread-safe.
 */
final class TreeCache implements Closeable {

    /** Creates one tree; called without the cache's lock. */
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

    /**
     * Returns a lease of the tree; creates the tree if it is not cached. Concurrent callers wait for the one that
     * creates it. The wait is interruptible.
     *
     * @throws IOException also if the run must wait for its turn, as {@link RunBudget#pin}
     */
    SourceLease acquire(RunBudget run, String key, Filler filler) throws IOException, InterruptedException {
        SourceLease present = leaseOrClaim(run, key);
        return present != null ? present : fill(run, key, filler);
    }

    /** Returns a lease of the tree if it is cached, else null; never waits. */
    @Nullable
    SourceLease lease(RunBudget run, String key) throws IOException {
        lock.lock();
        try {
            requireOpen();
            return present(run, key);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable SourceLease leaseOrClaim(RunBudget run, String key) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                requireOpen();
                SourceLease present = present(run, key);
                if (present != null) {
                    stats.hit();
                    return present;
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

    private @Nullable SourceLease present(RunBudget run, String key) throws IOException {
        CachedTree tree = trees.get(key);
        if (tree == null) {
            return null;
        }
        if (!tree.pin(run)) {
            drop(key, tree); // being evicted by the budget
            return null;
        }
        return lease(run, tree);
    }

    private SourceLease fill(RunBudget run, String key, Filler filler) throws IOException, InterruptedException {
        try {
            return publish(run, key, filler.fill());
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

    /** Adds a tree that the run has created. If another one is already cached, leases that one and discards this. */
    SourceLease publish(RunBudget run, String key, CachedTree tree) throws IOException {
        lock.lock();
        try {
            if (closed) {
                tree.discard();
                requireOpen();
            }
            if (trees.containsKey(key)) {
                tree.discard();
                SourceLease present = present(run, key);
                if (present != null) {
                    return present;
                }
                throw new IOException("the tree was evicted while it was fetched again");
            }
            tree.moveToCache(() -> evict(key, tree));
            trees.put(key, tree);
            bytes += tree.weight();
            SourceLease lease = lease(run, tree);
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

    private SourceLease lease(RunBudget run, CachedTree tree) {
        tree.addLease();
        return new Lease(run, tree);
    }

    private void release(RunBudget run, CachedTree tree) {
        lock.lock();
        try {
            tree.removeLease();
            tree.unpin(run);
            if (closed && !tree.isLeased()) {
                tree.discard();
            }
            evictIdle();
        } finally {
            lock.unlock();
        }
    }

    /** Evicts an idle tree on behalf of the budget. */
    private void evict(String key, CachedTree tree) {
        lock.lock();
        try {
            drop(key, tree);
            stats.size(bytes, trees.size());
        } finally {
            lock.unlock();
        }
    }

    private void drop(String key, CachedTree tree) {
        if (trees.remove(key, tree)) {
            forget(tree);
        }
    }

    private void forget(CachedTree tree) {
        bytes -= tree.weight();
        stats.evicted();
        tree.discard();
    }

    private void evictIdle() {
        Iterator<CachedTree> eldestFirst = trees.values().iterator();
        while (bytes > maxBytes && eldestFirst.hasNext()) {
            CachedTree tree = eldestFirst.next();
            if (!tree.isLeased()) {
                eldestFirst.remove();
                forget(tree);
            }
        }
        stats.size(bytes, trees.size());
    }

    /** Discards idle trees now and the others when their leases end. */
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

        private final RunBudget run;
        private final CachedTree tree;
        private final AtomicBoolean released = new AtomicBoolean();

        Lease(RunBudget run, CachedTree tree) {
            this.run = run;
            this.tree = tree;
        }

        @Override
        public FileTree tree() {
            return tree.tree();
        }

        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                release(run, tree);
            }
        }
    }
}
