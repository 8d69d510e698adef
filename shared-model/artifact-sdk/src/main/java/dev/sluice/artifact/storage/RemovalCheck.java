package dev.sluice.artifact.storage;

import java.io.IOException;

/** A final check before files are removed, while they can still be restored. */
@FunctionalInterface
public interface RemovalCheck {

    /**
     * Whether the files are no longer wanted.
     *
     * @throws IOException if this is unknown; the files are restored then
     */
    boolean isUnwanted() throws IOException;
}
