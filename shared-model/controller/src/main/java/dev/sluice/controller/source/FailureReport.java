package dev.sluice.controller.source;

import dev.sluice.controller.object.StatusExtras;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/** Reports a failure in the status of an object and in its ExternalArtifact; neither prevents the other. */
record FailureReport<T extends ToolkitObject<?, ?>>(OwnArtifacts artifacts, OutcomeReporter<T> reporter) {

    private static final int INVALID = 422;

    /** Finds the ExternalArtifact of the object. */
    interface Published {
        Optional<ExternalArtifact> find() throws IOException;
    }

    /**
     * Writes the ExternalArtifact, then the object, whose message also says why the ExternalArtifact could not be written.
     * In that case, even a stalled failure is retried.
     *
     * @throws IOException if the status of the object cannot be written
     */
    Result write(T object, BuildFailure failure, Published published) throws IOException {
        Optional<IOException> refused = writeArtifact(failure, published);
        BuildFailure reported = writeObject(
                object,
                refused.map(e -> failure.adding("the ExternalArtifact does not report it: " + FailureText.of(e), e))
                        .orElse(failure));
        return reported.isStalled() && refused.isEmpty() ? Result.terminal(reported) : Result.failed(reported);
    }

    private Optional<IOException> writeArtifact(BuildFailure failure, Published published)
            throws InterruptedIOException {
        try {
            Optional<ExternalArtifact> current = published.find();
            if (current.isPresent()) {
                artifacts.reportFailure(current.get(), failure);
            }
            return Optional.empty();
        } catch (InterruptedIOException e) {
            // the run ends
            throw e;
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** Returns what was reported. */
    private BuildFailure writeObject(T object, BuildFailure failure) throws IOException {
        try {
            reporter.failed(object, failure);
            return failure;
        } catch (ApiRequestException | IllegalArgumentException e) {
            boolean isInvalid = !(e instanceof ApiRequestException refused) || refused.code() == INVALID;
            if (!isInvalid || failure.status().equals(StatusExtras.NONE)) {
                throw e;
            }
            // the developer's fields or conditions do not fit the definition of the kind
            BuildFailure shorter = failure.adding(
                            "the further parts of the status are invalid, see the controller log", e)
                    .withStatus(StatusExtras.NONE);
            reporter.failed(object, shorter);
            return shorter;
        }
    }
}
