package dev.sluice.artifact.storage;

import java.io.IOException;

/** What is done while an artifact's directory is locked. */
@FunctionalInterface
public interface LockedAction<T> {

    /** Does the work and returns its result. */
    T run() throws IOException;
}
