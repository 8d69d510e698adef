package dev.sluice.toolkit.meta;

import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Flux object whose controller reports conditions.
 *
 * @param <S> the type of the spec
 * @param <T> the type of the status
 */
public interface ToolkitObject<S, T extends ConditionedStatus> extends FluxObject<S> {

    /** Returns the status; null if no controller has reported one. */
    @Nullable
    T status();

    @Override
    ToolkitObject<S, T> withMetadata(V1ObjectMeta metadata);

    /** Returns the conditions in the status; empty if there is no status, or if its conditions are null. */
    default List<V1Condition> conditions() {
        T status = status();
        List<V1Condition> conditions = status == null ? null : status.conditions();
        return conditions == null ? List.of() : conditions;
    }

    /** Returns the condition of this type, such as {@link ConditionTypes#READY}; empty if it was not reported. */
    default Optional<V1Condition> condition(String type) {
        return Conditions.find(conditions(), type);
    }

    /** Whether the Ready condition is True for the object's current generation. */
    default boolean isReady() {
        return Conditions.isCurrent(
                conditions(), ConditionTypes.READY, metadata().getGeneration());
    }
}
