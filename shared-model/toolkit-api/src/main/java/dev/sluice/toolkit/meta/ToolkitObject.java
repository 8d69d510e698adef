package dev.sluice.toolkit.meta;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Flux object: an immutable record of spec and status. Only its metadata is the client's own mutable type: never
 * change the metadata of an object that came out of an informer's cache.
 *
 * @param <S> the spec
 * @param <T> the status
 */
public interface ToolkitObject<S, T extends ConditionedStatus> extends KubernetesObject {

    String apiVersion();

    String kind();

    V1ObjectMeta metadata();

    S spec();

    /** Null as long as no controller has reported. */
    @Nullable
    T status();

    /** The same object with other metadata; spec and status are shared. */
    ToolkitObject<S, T> withMetadata(V1ObjectMeta metadata);

    @Override
    default String getApiVersion() {
        return apiVersion();
    }

    @Override
    default String getKind() {
        return kind();
    }

    @Override
    default V1ObjectMeta getMetadata() {
        return metadata();
    }

    default ObjectKey key() {
        return ObjectKey.of(metadata());
    }

    /** The status' conditions; none while there is no status. */
    default List<V1Condition> conditions() {
        T status = status();
        return status == null ? List.of() : status.conditions();
    }

    /** Whether the Ready condition is True for the object's current generation. */
    default boolean isReady() {
        return Conditions.isCurrent(
                conditions(), ConditionTypes.READY, metadata().getGeneration());
    }
}
