package dev.sluice.artifact.fetch;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown if a download failed. A retry would fail as well, unless it is a {@link RetryableFetchException}. */
public class FetchException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception; the message must contain the URL only without credentials and query. */
    public FetchException(String message) {
        super(message);
    }

    /** Creates an exception with a cause. */
    public FetchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
