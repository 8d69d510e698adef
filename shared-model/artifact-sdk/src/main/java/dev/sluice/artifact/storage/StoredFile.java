package dev.sluice.artifact.storage;

import java.time.Instant;

/**
 * A regular file in an artifact's directory, as garbage collection sees it.
 *
 * @param kind decides which rule applies
 */
record StoredFile(String name, Instant lastModified, Kind kind) {

    enum Kind {
        ARTIFACT,
        /** Unfinished: being written now, or left by a process that was killed. */
        TEMP
    }
}
