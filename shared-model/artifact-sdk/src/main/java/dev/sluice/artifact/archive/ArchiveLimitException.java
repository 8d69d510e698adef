package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.Serial;

/** Thrown if an archive is larger, or has more entries, than its reader allows. */
public final class ArchiveLimitException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    ArchiveLimitException(String message) {
        super(message);
    }
}
