package dev.sluice.artifact.fetch;

import java.io.Serial;

/** Thrown if a URL or a redirect target is not among the {@link AllowedUrls}; no request was sent there. */
public final class UrlNotAllowedException extends FetchException {

    @Serial
    private static final long serialVersionUID = 1L;

    UrlNotAllowedException(String message) {
        super(message);
    }
}
