package dev.sluice.controller.watch;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.ChangeFilter;
import dev.sluice.controller.informer.ChangeListener;
import dev.sluice.toolkit.source.Source;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Forwards only those changes of a source that bring a new artifact revision, including the first. Ignores changes of
 * the spec and of conditions, artifacts rewritten under the same revision, and deletions.
 *
 * <p>Keeps no state: after a restart, every source that has an artifact counts as changed once. Register it on an
 * informer with {@link dev.sluice.controller.informer.ChangeHandler}. As thread-safe as the consumer.
 *
 * @param <T> the kind of source
 */
public final class RevisionChange<T extends Source<?, ?>> implements ChangeListener<T> {

    private final Consumer<? super T> onNewRevision;

    /**
     * Creates a listener.
     *
     * @param onNewRevision called on the informer's thread with the current source; must return quickly, for example
     *     add the source to a queue
     */
    public RevisionChange(Consumer<? super T> onNewRevision) {
        this.onNewRevision = onNewRevision;
    }

    /** Returns a filter that accepts a change of a source if it brings a new artifact revision. */
    public static <T extends Source<?, ?>> ChangeFilter<T> filter() {
        return RevisionChange::isNewRevision;
    }

    @Override
    public void changed(@Nullable T before, @Nullable T after) {
        if (after != null && isNewRevision(before, after)) {
            onNewRevision.accept(after);
        }
    }

    /**
     * Whether {@code after} has an artifact whose revision {@code before} does not have.
     *
     * @param before null for a new source
     * @param after null for a deleted source
     */
    public static boolean isNewRevision(@Nullable Source<?, ?> before, @Nullable Source<?, ?> after) {
        Optional<String> revision = revisionOf(after);
        return revision.isPresent() && !revision.equals(revisionOf(before));
    }

    private static Optional<String> revisionOf(@Nullable Source<?, ?> source) {
        return source == null ? Optional.empty() : source.artifact().map(Artifact::revision);
    }
}
