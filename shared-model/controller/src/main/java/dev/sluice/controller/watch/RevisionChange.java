package dev.sluice.controller.watch;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.ChangeListener;
import dev.sluice.toolkit.source.Source;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes on only those changes of a source that bring another revision of its artifact, the first one included. Silent
 * are changes of the spec and of conditions, artifacts that were written again under the same revision, and deletions.
 *
 * <p>After a restart every source that has an artifact counts as changed once: nothing is remembered. Hang it on an
 * informer with {@link dev.sluice.controller.informer.ChangeHandler}. As thread-safe as the consumer.
 *
 * @param <T> the kind of source
 */
public final class RevisionChange<T extends Source<?, ?>> implements ChangeListener<T> {

    private final Consumer<? super T> onNewRevision;

    /** @param onNewRevision called on the informer's thread with the source as it is now: be quick, add it to a queue */
    public RevisionChange(Consumer<? super T> onNewRevision) {
        this.onNewRevision = onNewRevision;
    }

    @Override
    public void changed(@Nullable T before, @Nullable T after) {
        if (after != null && isNewRevision(before, after)) {
            onNewRevision.accept(after);
        }
    }

    /**
     * Whether {@code after} offers an artifact with a revision that {@code before} did not offer.
     *
     * @param before null for a source that is new
     * @param after null for a source that is gone
     */
    public static boolean isNewRevision(@Nullable Source<?, ?> before, @Nullable Source<?, ?> after) {
        Optional<String> revision = revisionOf(after);
        return revision.isPresent() && !revision.equals(revisionOf(before));
    }

    private static Optional<String> revisionOf(@Nullable Source<?, ?> source) {
        return source == null ? Optional.empty() : source.artifact().map(Artifact::revision);
    }
}
