package dev.sluice.controller.object;

import dev.sluice.toolkit.meta.ToolkitObject;
import java.io.IOException;
import java.util.Optional;

/**
 * The first step of a reconciliation: gives an object a finalizer before anything is created for it, and cleans up when
 * it is deleted. Thread-safe.
 *
 * @param <T> the type of the objects
 */
public final class FinalizerStep<T extends ToolkitObject<?, ?>> {

    private final ObjectWriter<T> writer;
    private final String finalizer;

    /**
     * Removes what was created for an object. Called again after a failure, so it must be idempotent.
     *
     * @param <T> the type of the objects
     */
    @FunctionalInterface
    public interface Cleanup<T> {

        /** Cleans up; the finalizer stays if this throws. */
        void run(T object) throws IOException;
    }

    /**
     * Creates a step.
     *
     * @param finalizer a domain of yours, a slash and a name, for example {@code example.com/my-controller}
     */
    public FinalizerStep(ObjectWriter<T> writer, String finalizer) {
        this.writer = writer;
        this.finalizer = finalizer;
    }

    /**
     * Runs the step.
     *
     * @return the object, which has the finalizer; empty if it is being deleted: then it was cleaned up, and the
     *     reconciliation is done
     */
    public Optional<T> run(T object, Cleanup<? super T> cleanup) throws IOException {
        if (object.metadata().getDeletionTimestamp() == null) {
            return Optional.of(writer.addFinalizer(object, finalizer));
        }
        if (ObjectWriter.hasFinalizer(object, finalizer)) {
            cleanup.run(object);
            writer.removeFinalizer(object, finalizer);
        }
        return Optional.empty();
    }
}
