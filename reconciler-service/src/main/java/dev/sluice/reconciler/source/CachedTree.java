package dev.sluice.reconciler.source;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A spooled, indexed tree. Its counters are guarded by the cache's lock. */
final class CachedTree {

    private final SpoolFile spool;
    private final FileTree tree;
    private int leases;

    CachedTree(SpoolFile spool, FileTree tree) {
        this.spool = spool;
        this.tree = tree;
    }

    FileTree tree() {
        return tree;
    }

    long weight() {
        return SourceCacheLimits.weightOf(spool.size(), tree.size());
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

    /** Removes the file; only for a tree that nobody reads any more. */
    void discard() {
        try {
            spool.unlink();
            spool.close();
        } catch (IOException e) {
            throw new UncheckedIOException("remove a spooled source from the cache", e);
        }
    }
}
