package dev.sluice.reconciler.generator;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.spec.GeneratorReasons;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** The API server takes a status for invalid or too large: the same one will not be taken the next time either. */
record StatusRefusal(String problem) {

    private static final int UNPROCESSABLE = 422;
    private static final int MAX_PROBLEM_LENGTH = 300;

    /** What etcd and its client say, which the API server passes on as an internal error. */
    private static final List<String> TOO_LARGE = List.of("request is too large", "larger than max");

    /** Empty for what may pass. */
    static Optional<StatusRefusal> of(ApiRequestException e) {
        if (e.code() == HttpURLConnection.HTTP_ENTITY_TOO_LARGE
                || (e.code() == HttpURLConnection.HTTP_INTERNAL_ERROR && isOfSize(e))) {
            return Optional.of(new StatusRefusal("it is larger than an object may be"));
        }
        return e.code() == UNPROCESSABLE ? Optional.of(new StatusRefusal(cut(e))) : Optional.empty();
    }

    /** @param artifacts that the status was to name */
    Outcome.Stalled toOutcome(int artifacts) {
        return new Outcome.Stalled(
                GeneratorReasons.STATUS_REFUSED,
                ("cannot store the status: %d artifact(s) in the inventory: %s; split the generator into several with fewer"
                                + " artifacts each, and remove what others have written into its status")
                        .formatted(artifacts, problem));
    }

    private static boolean isOfSize(ApiRequestException e) {
        String message = String.valueOf(e.getMessage());
        return TOO_LARGE.stream().anyMatch(message::contains);
    }

    /** A refusal may quote what it refuses. */
    private static String cut(ApiRequestException e) {
        String message = String.valueOf(e.getMessage());
        return message.length() <= MAX_PROBLEM_LENGTH ? message : message.substring(0, MAX_PROBLEM_LENGTH) + "…";
    }
}
