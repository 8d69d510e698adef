package dev.sluice.artifact.storage;

import java.io.IOException;

/**
 * What is done while an artifact's directory is locked.
 *
 * @param <T> its result
 */
@FunctionalInterface
public interface LockedAction<T> {

    /**
     * Does the work and returns its result.
     *
     * @throws IOException if it fails; whoever waits for the lock gets it all the same
     */
    T run() throws IOException;
}
