package dev.sluice.artifact.storage;

import java.io.IOException;

/**
 * A check immediately before the storage makes a visible change: before a file gets its final name, and before each
 * file is deleted. A process that may write only while it leads, and may have been paused, refuses the change here.
 */
@FunctionalInterface
public interface WriteFence {

    /** Allows every change. */
    WriteFence OPEN = () -> {};

    /**
     * Fails unless the change may be made now.
     *
     * @throws IOException if it may not; nothing is changed, and temporary files are removed
     */
    void check() throws IOException;
}
