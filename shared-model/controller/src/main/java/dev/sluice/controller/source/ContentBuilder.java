package dev.sluice.controller.source;

import java.io.IOException;

/**
 * Builds the artifact of an object: the only part of a source controller that is different for each. Called for new and
 * changed objects, for reconcile requests, after each interval, and if the stored file is missing or damaged. Must be
 * thread-safe; runs for the same object do not overlap.
 *
 * <p>Namespaces take turns. The thread is interrupted after ten minutes, when the controller stops, or for another
 * namespace that has waited three seconds while all workers are busy; that run is repeated at once. An interrupted
 * builder must end soon with an exception; unless it took too long, this is not reported as a failure.
 *
 * @param <T> the type of the objects
 */
@FunctionalInterface
public interface ContentBuilder<T> {

    /**
     * Returns the files of the artifact. If they are the same as before, nothing is published again.
     *
     * @throws BuildFailure with the reason for the conditions of the object
     * @throws IOException any other failure, which is retried, also within an {@link java.io.UncheckedIOException}. Its
     *     message appears in the conditions; the reason is {@code FetchFailed} for a failed download, {@code
     *     VerificationFailed} for a wrong digest and an archive that is refused, and {@code BuildFailed} otherwise
     * @throws RuntimeException a defect: retried, {@code BuildFailed} with only the name of its class in the conditions,
     *     and logged with its stack
     */
    Content build(T object, BuildContext context) throws IOException, BuildFailure;
}
