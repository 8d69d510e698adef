package dev.sluice.artifact.fetch;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A download failed, and trying the same again would fail again, unless it is a {@link RetryableFetchException}. */
public class FetchException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The message names the URL without credentials and query. */
    public FetchException(String message) {
        super(message);
    }

    /** With what failed underneath, if anything did. */
    public FetchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
