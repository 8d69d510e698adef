package dev.sluice.reconciler.console;

import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.kustomize.Kustomization;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object that can use an artifact.
 *
 * @param source the source of an object; null if it has none
 * @param suspended the field {@code spec.suspend}
 */
record Consumer<T extends ToolkitObject<?, ?>>(
        ApiType<T, ?> type,
        Function<T, @Nullable NamespacedObjectKindReference> source,
        Function<T, @Nullable Boolean> suspended) {

    static final List<Consumer<?>> KINDS = List.of(
            new Consumer<>(
                    Kustomization.TYPE,
                    object -> object.spec().sourceRef(),
                    object -> object.spec().suspend()),
            new Consumer<>(
                    HelmRelease.TYPE,
                    object -> object.spec().chartRef(),
                    object -> object.spec().suspend()));

    private static final int MAX_MESSAGE = 400;

    /** An object that uses an artifact. */
    record Use(GraphNode consumer, ObjectKey artifact) {}

    String kind() {
        return type.kind().kind();
    }

    /** Empty if the object uses another kind of source. */
    Optional<Use> use(T object) {
        NamespacedObjectKindReference reference = source.apply(object);
        if (reference == null
                || reference.name().isEmpty()
                || !reference.kind().equals(ExternalArtifact.TYPE.kind().kind())) {
            return Optional.empty();
        }
        String namespace = reference.namespace();
        String own = object.key().namespace();
        return Optional.of(new Use(
                node(object),
                new ObjectKey(namespace == null || namespace.isEmpty() ? own : namespace, reference.name())));
    }

    private GraphNode node(T object) {
        Optional<V1Condition> ready = object.condition(ConditionTypes.READY);
        State state = state(object, ready);
        String message = state == State.READY || state == State.SUSPENDED
                ? ""
                : ready.map(V1Condition::getMessage).orElse("");
        return new GraphNode(
                GraphNode.Column.CONSUMER, kind(), object.key(), state, Texts.shortened(message, MAX_MESSAGE));
    }

    private State state(T object, Optional<V1Condition> ready) {
        if (object.metadata().getDeletionTimestamp() != null) {
            return State.DELETING;
        }
        if (Boolean.TRUE.equals(suspended.apply(object))) {
            return State.SUSPENDED;
        }
        return ready.map(condition -> State.of(condition, object.conditions())).orElse(State.PENDING);
    }
}
