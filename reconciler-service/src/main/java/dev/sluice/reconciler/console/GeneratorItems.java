package dev.sluice.reconciler.console;

import dev.sluice.reconciler.cluster.GeneratorAnnotations;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.Reasons;
import io.kubernetes.client.openapi.models.V1Condition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Derives the state of generators. */
final class GeneratorItems {

    private GeneratorItems() {}

    static Item of(ArtifactGenerator generator) {
        Optional<V1Condition> ready = generator.condition(ConditionTypes.READY);
        State state = state(generator, ready);
        String reason = ready.map(V1Condition::getReason).orElse("");
        String message = message(generator, state, ready);
        return new Item(
                Item.Group.GENERATORS,
                ArtifactGenerator.TYPE.kind().kind(),
                generator.key(),
                state,
                message,
                isFailed(ready) ? Advice.forGenerator(state, reason, message) : "",
                "",
                -1,
                changed(ready));
    }

    private static State state(ArtifactGenerator generator, Optional<V1Condition> ready) {
        if (generator.metadata().getDeletionTimestamp() != null) {
            return State.DELETING;
        }
        if (GeneratorAnnotations.isDisabled(generator)) {
            return State.SUSPENDED;
        }
        if (ready.isEmpty() || !isOfThisGeneration(generator, ready.get())) {
            return State.PENDING;
        }
        if (Conditions.isTrue(generator.conditions(), ConditionTypes.STALLED)) {
            return State.STALLED;
        }
        return switch (String.valueOf(ready.get().getStatus())) {
            case Conditions.TRUE -> State.READY;
            case Conditions.FALSE -> State.FAILING;
            default -> State.WAITING;
        };
    }

    /** Whether a run of the current spec has reported a result. */
    static boolean isOfThisGeneration(ArtifactGenerator generator, V1Condition ready) {
        Long observed = ready.getObservedGeneration();
        return observed == null || Objects.equals(observed, generator.metadata().getGeneration());
    }

    private static String message(ArtifactGenerator generator, State state, Optional<V1Condition> ready) {
        String last = ready.map(V1Condition::getMessage).orElse("");
        return switch (state) {
            case READY -> "";
            case PENDING ->
                ready.isEmpty()
                        ? "no run has ended yet"
                        : "the spec has changed; the last run was of generation %s of %s"
                                .formatted(
                                        ready.get().getObservedGeneration(),
                                        generator.metadata().getGeneration());
            case SUSPENDED ->
                "suspended by the annotation %s=disabled%s"
                        .formatted(GeneratorAnnotations.RECONCILE, isFailed(ready) ? "; before that: " + last : "");
            case DELETING -> isFailed(ready) ? last : "its artifacts are being removed";
            case STALLED, FAILING -> ready.map(V1Condition::getReason).orElse("") + ": " + last;
            case WAITING -> isPlainProgress(ready) ? "a run is in progress" : last;
        };
    }

    private static boolean isPlainProgress(Optional<V1Condition> ready) {
        return ready.map(V1Condition::getReason)
                        .filter(Reasons.PROGRESSING::equals)
                        .isPresent()
                && ready.map(V1Condition::getMessage)
                        .filter("Reconciliation in progress"::equals)
                        .isPresent();
    }

    private static boolean isFailed(Optional<V1Condition> ready) {
        return ready.map(V1Condition::getStatus)
                .filter(Conditions.FALSE::equals)
                .isPresent();
    }

    private static @Nullable Instant changed(Optional<V1Condition> condition) {
        return condition
                .map(V1Condition::getLastTransitionTime)
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }
}
