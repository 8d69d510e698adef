package dev.sluice.reconciler.console;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.HelmChart;
import dev.sluice.toolkit.source.HelmRepository;
import dev.sluice.toolkit.source.OCIRepository;
import dev.sluice.toolkit.source.Source;
import io.kubernetes.client.openapi.models.V1Condition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Derives the state of sources and of published artifacts. */
final class SourceItems {

    private SourceItems() {}

    /** @param kind the kind in the Kubernetes API */
    static Item of(Item.Group group, String kind, Source<?, ?> source) {
        Optional<V1Condition> ready = source.condition(ConditionTypes.READY);
        Optional<Artifact> artifact = source.artifact();
        State state = state(source, ready, artifact);
        return new Item(
                group,
                kind,
                source.key(),
                state,
                message(state, ready),
                state.isProblem() && group == Item.Group.SOURCES
                        ? "Correct the source; the generators that use it keep its last artifact."
                        : "",
                artifact.map(Artifact::revision).orElse(""),
                artifact.map(Artifact::size).orElse(-1L),
                artifact.<@Nullable Instant>map(Artifact::lastUpdateTime).orElseGet(() -> transition(ready)));
    }

    private static @Nullable Instant transition(Optional<V1Condition> ready) {
        return ready.map(V1Condition::getLastTransitionTime)
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }

    private static State state(Source<?, ?> source, Optional<V1Condition> ready, Optional<Artifact> artifact) {
        if (source.metadata().getDeletionTimestamp() != null) {
            return State.DELETING;
        }
        if (isSuspended(source)) {
            return State.SUSPENDED;
        }
        if (ready.isEmpty()) {
            return artifact.isPresent() ? State.READY : State.PENDING;
        }
        State state = State.of(ready.get(), source.conditions());
        return state == State.READY && artifact.isEmpty() && hasArtifact(source) ? State.PENDING : state;
    }

    /** Repositories of the type oci are ready without an artifact. */
    private static boolean hasArtifact(Source<?, ?> source) {
        return !(source instanceof HelmRepository);
    }

    private static boolean isSuspended(Source<?, ?> source) {
        Boolean suspended = null;
        if (source instanceof GitRepository git) {
            suspended = git.spec().suspend();
        } else if (source instanceof OCIRepository oci) {
            suspended = oci.spec().suspend();
        } else if (source instanceof Bucket bucket) {
            suspended = bucket.spec().suspend();
        } else if (source instanceof HelmChart chart) {
            suspended = chart.spec().suspend();
        } else if (source instanceof HelmRepository repository) {
            suspended = repository.spec().suspend();
        } else if (source instanceof ExternalArtifact) {
            suspended = false;
        }
        return Boolean.TRUE.equals(suspended);
    }

    private static String message(State state, Optional<V1Condition> ready) {
        return switch (state) {
            case READY -> "";
            case PENDING -> "has no artifact yet";
            case SUSPENDED -> "suspended by spec.suspend";
            case DELETING -> "is being deleted";
            case STALLED, FAILING, WAITING ->
                ready.map(condition -> condition.getReason() + ": " + condition.getMessage())
                        .orElse("");
        };
    }
}
