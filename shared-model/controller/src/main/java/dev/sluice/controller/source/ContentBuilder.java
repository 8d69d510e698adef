package dev.sluice.controller.source;

import java.io.IOException;

/**
 * Builds the artifact of an object: the only part of a source controller that is different for each. Called for new and
 * changed objects, for reconcile requests, after each interval, and if the stored file is missing or damaged. Must be
 * thread-safe; runs for the same object do not overlap.
 *
 * @param <T> the type of the objects
 */
@FunctionalInterface
public interface ContentBuilder<T> {

    /**
     * Returns the files of the artifact. If they are the same as before, nothing is published again.
     *
     * @throws BuildFailure with the reason for the conditions of the object
     * @throws IOException any other failure, which is retried. Its message appears in the conditions; the reason is
     *     {@code FetchFailed} for a failed download, {@code VerificationFailed} for a wrong digest and an archive that is
     *     refused, and {@code BuildFailed} otherwise
     */
    Content build(T object, BuildContext context) throws IOException, BuildFailure;
}
