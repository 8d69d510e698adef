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

/** A spooled, indexed tree, and what it takes of the process's budget. Its counters are guarded by the cache's lock. */
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

    /** From now on the cache has it; the run that made it has pinned it. */
    void keep(Runnable evict) {
        heap.keep(evict);
        disk.keep(evict);
    }

    /**
     * Counts it to a run that uses it.
     *
     * @return false when it is being evicted
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
     * Removes the file; only for a tree that nobody reads any more. A failure is no reason to refuse the tree that made
     * this one go.
     */
    void discard() {
        try (spool) {
            spool.unlink();
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("path", spool.path())
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("a spooled source could not be removed from the cache");
        }
        heap.close();
        disk.close();
    }
}
