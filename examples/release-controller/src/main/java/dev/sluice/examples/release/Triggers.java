package dev.sluice.examples.release;

import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.reconcile.PublishedArtifacts;
import dev.sluice.toolkit.meta.Annotations;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides which changes in the cluster cause a reconciliation. */
record Triggers(Consumer<ObjectKey> enqueue) {

    /** Ignores our own writes of the status and the finalizer. */
    void releaseChanged(@Nullable ProjectRelease before, @Nullable ProjectRelease after) {
        if (after != null && (before == null || isAnotherWish(before.metadata(), after.metadata()))) {
            enqueue.accept(after.key());
        }
    }

    /** Reacts to a deleted or modified artifact of ours; new ones are our own writes. */
    void artifactChanged(@Nullable ExternalArtifact before, @Nullable ExternalArtifact after) {
        if (before != null) {
            PublishedArtifacts.releaseOf(before).ifPresent(enqueue);
        }
    }

    private static boolean isAnotherWish(V1ObjectMeta before, V1ObjectMeta after) {
        return !Objects.equals(before.getGeneration(), after.getGeneration())
                || !Objects.equals(before.getDeletionTimestamp(), after.getDeletionTimestamp())
                || !Objects.equals(requestOf(before), requestOf(after));
    }

    private static @Nullable String requestOf(V1ObjectMeta metadata) {
        return metadata.getAnnotations() == null
                ? null
                : metadata.getAnnotations().get(Annotations.RECONCILE_REQUESTED_AT);
    }
}
