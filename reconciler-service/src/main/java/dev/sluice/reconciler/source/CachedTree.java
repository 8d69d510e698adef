package dev.sluice.reconciler.source;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An indexed source tree in a spool file, with its shares of the process budget. Its counters are guarded by the
 * cache's lock.
 */
final class CachedTree {

    private static final Logger LOG = LoggerFactory.getLogger(CachedTree.class);

    private final SpoolFile spool;
    private final FileTree tree;
    private final BudgetShare heap;
    private final BudgetShare disk;
    private final long weight;
    private int leases;

    CachedTree(SpoolFile spool, FileTree tree, BudgetShare heap, BudgetShare disk) {
        this.spool = spool;
        this.tree = tree;
        this.heap = heap;
        this.disk = disk;
        this.weight = heap.bytes() + spool.size();
    }

    FileTree tree() {
        return tree;
    }

    long weight() {
        return weight;
    }

    boolean isLeased() {
        return leases > 0;
    }

    void addLease() {
        leases++;
    }

    void removeLease() {
        leases--;
    }

    /** Hands the shares over to the cache; the run that created the tree has pinned them. */
    void moveToCache(Runnable evict) {
        heap.moveToCache(evict);
        disk.moveToCache(evict);
    }

    /**
     * Charges the tree to a run that uses it.
     *
     * @return false if the tree is being evicted
     */
    boolean pin(RunBudget run) throws LimitExceededException, BudgetWaitException {
        if (!run.pin(heap)) {
            return false;
        }
        boolean pinned = false;
        try {
            pinned = run.pin(disk);
            return pinned;
        } finally {
            if (!pinned) {
                run.unpin(heap);
            }
        }
    }

    void unpin(RunBudget run) {
        run.unpin(heap);
        run.unpin(disk);
    }

    /**
     * Deletes the spool file of a tree that has no readers. A failure is logged only, so that it does not fail the run
     * that caused the eviction.
     */
    void discard() {
        try (spool) {
            spool.unlink();
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("path", spool.path())
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("cannot delete a spooled source");
        }
        heap.close();
        disk.close();
    }
}
