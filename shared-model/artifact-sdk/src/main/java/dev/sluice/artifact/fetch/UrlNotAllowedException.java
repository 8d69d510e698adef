package dev.sluice.artifact.fetch;

import java.io.Serial;

/** A URL, or where it leads, is not among the {@link AllowedUrls}; nothing was sent there. */
public final class UrlNotAllowedException extends FetchException {

    @Serial
    private static final long serialVersionUID = 1L;

    UrlNotAllowedException(String message) {
        super(message);
    }
}
