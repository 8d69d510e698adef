package dev.sluice.controller.source;

import dev.sluice.controller.request.ApiRequestException;
import java.io.IOException;

/** Answers of the API server to which a repeated request gets the same answer. */
final class Refusal {

    private static final int CLIENT_ERRORS = 4;
    private static final int TOO_MANY_REQUESTS = 429;

    private Refusal() {}

    /**
     * Whether the API server, or an admission webhook, refuses a request until somebody grants a permission or changes an
     * object. The codes of webhooks vary.
     */
    static boolean isPermanent(IOException failure) {
        return failure instanceof ApiRequestException refused
                && refused.code() / 100 == CLIENT_ERRORS
                && refused.code() != TOO_MANY_REQUESTS
                && !refused.isConflict()
                && !refused.isNotFound();
    }
}
