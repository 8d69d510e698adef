package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown if the input is not a gzip-compressed tar archive, is truncated, or contains an entry that is not allowed. */
public final class MalformedArchiveException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    MalformedArchiveException(String message) {
        super(message);
    }

    MalformedArchiveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static MalformedArchiveException entry(String name, String reason) {
        return new MalformedArchiveException("archive entry \"" + EntryName.printable(name) + "\" " + reason);
    }
}
