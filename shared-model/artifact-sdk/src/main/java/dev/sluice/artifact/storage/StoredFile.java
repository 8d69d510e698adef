package dev.sluice.artifact.storage;

import java.time.Instant;

/**
 * A regular file in an artifact directory, for garbage collection.
 *
 * @param kind determines which rule applies
 */
record StoredFile(String name, Instant lastModified, Kind kind) {

    enum Kind {
        ARTIFACT,
        /** Incomplete: being written, or left by a killed process. */
        TEMP
    }
}
