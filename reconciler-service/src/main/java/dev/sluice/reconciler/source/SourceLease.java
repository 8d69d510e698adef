package dev.sluice.reconciler.source;

import dev.sluice.artifact.tree.FileTree;

/** The right to read a cached tree; its blobs stay readable until the lease is closed. Closing is idempotent. */
public interface SourceLease extends AutoCloseable {

    /** The indexed content. */
    FileTree tree();

    @Override
    void close();
}
