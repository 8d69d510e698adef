package dev.sluice.controller.informer;

import dev.sluice.toolkit.meta.Annotations;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides which changes of an object cause a reconciliation. Creations and deletions always do.
 *
 * @param <T> the type of the objects
 */
@FunctionalInterface
public interface ChangeFilter<T extends KubernetesObject> {

    /** Whether this change counts; the two are versions of the same object. */
    boolean test(T before, T after);

    /** Accepts a change that this filter or the other one accepts. */
    default ChangeFilter<T> or(ChangeFilter<? super T> other) {
        return (before, after) -> test(before, after) || other.test(before, after);
    }

    /**
     * Accepts what the controllers of Flux react to: a new generation, the start of a deletion, and a reconcile request.
     * A status that the controller writes itself is none of these.
     */
    static <T extends KubernetesObject> ChangeFilter<T> reconcile() {
        return ChangeFilter.<T>generation().or(deletion()).or(reconcileRequest());
    }

    /** Accepts a changed spec: only it changes the generation, if the kind has a status subresource. */
    static <T extends KubernetesObject> ChangeFilter<T> generation() {
        return changed(V1ObjectMeta::getGeneration);
    }

    /** Accepts the start of a deletion that waits for finalizers. */
    static <T extends KubernetesObject> ChangeFilter<T> deletion() {
        return changed(V1ObjectMeta::getDeletionTimestamp);
    }

    /** Accepts a new value of {@link Annotations#RECONCILE_REQUESTED_AT}, which {@code flux reconcile} sets. */
    static <T extends KubernetesObject> ChangeFilter<T> reconcileRequest() {
        return annotation(Annotations.RECONCILE_REQUESTED_AT);
    }

    /** Accepts a new value of an annotation, or its removal. */
    static <T extends KubernetesObject> ChangeFilter<T> annotation(String name) {
        return changed(metadata -> {
            Map<String, String> annotations = metadata.getAnnotations();
            return annotations == null ? null : annotations.get(name);
        });
    }

    private static <T extends KubernetesObject> ChangeFilter<T> changed(
            Function<V1ObjectMeta, @Nullable Object> value) {
        return (before, after) -> !Objects.equals(value.apply(before.getMetadata()), value.apply(after.getMetadata()));
    }
}
