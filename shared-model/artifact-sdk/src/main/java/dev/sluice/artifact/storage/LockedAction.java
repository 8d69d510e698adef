package dev.sluice.artifact.storage;

import java.io.IOException;

/**
 * An action that runs while an artifact's directory is locked.
 *
 * @param <T> type of the result
 */
@FunctionalInterface
public interface LockedAction<T> {

    /**
     * Runs the action.
     *
     * @throws IOException if it fails; the lock is released
     */
    T run() throws IOException;
}
