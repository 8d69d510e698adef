package dev.sluice.reconciler.source;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A spooled, indexed tree. Its counters are guarded by the cache's lock. */
final class CachedTree {

    private static final Logger LOG = LoggerFactory.getLogger(CachedTree.class);

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
    }
}
