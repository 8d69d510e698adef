package dev.sluice.reconciler.generator;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.spec.GeneratorReasons;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** The API server rejects a status as invalid or too large; a retry with the same status would fail again. */
record StatusRefusal(String problem) {

    private static final int UNPROCESSABLE = 422;
    private static final int MAX_PROBLEM_LENGTH = 300;

    /** Messages of etcd and its client, which the API server reports as internal errors. */
    private static final List<String> TOO_LARGE = List.of("request is too large", "larger than max");

    /** Empty if the error is retryable. */
    static Optional<StatusRefusal> of(ApiRequestException e) {
        if (e.code() == HttpURLConnection.HTTP_ENTITY_TOO_LARGE
                || (e.code() == HttpURLConnection.HTTP_INTERNAL_ERROR && isOfSize(e))) {
            return Optional.of(new StatusRefusal("it exceeds the maximum size of an object"));
        }
        return e.code() == UNPROCESSABLE ? Optional.of(new StatusRefusal(cut(e))) : Optional.empty();
    }

    /** @param artifacts number of inventory entries in the rejected status */
    Outcome.Stalled toOutcome(int artifacts) {
        return new Outcome.Stalled(
                GeneratorReasons.STATUS_REFUSED,
                ("cannot store the status: %d artifact(s) in the inventory: %s; split the generator, and remove what"
                                + " others have written into its status")
                        .formatted(artifacts, problem));
    }

    private static boolean isOfSize(ApiRequestException e) {
        String message = String.valueOf(e.getMessage());
        return TOO_LARGE.stream().anyMatch(message::contains);
    }

    /** Truncates the message, which may quote the rejected status. */
    private static String cut(ApiRequestException e) {
        String message = String.valueOf(e.getMessage());
        return message.length() <= MAX_PROBLEM_LENGTH ? message : message.substring(0, MAX_PROBLEM_LENGTH) + "…";
    }
}
