package dev.sluice.toolkit.meta;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/**
 * A Flux object, an immutable record. Only its metadata is the client's mutable type: never modify the metadata of an
 * object from an informer's cache.
 *
 * @param <S> the type of the spec
 */
public interface FluxObject<S> extends KubernetesObject {

    String apiVersion();

    String kind();

    V1ObjectMeta metadata();

    S spec();

    /** Returns a copy with other metadata; everything else is shared. */
    FluxObject<S> withMetadata(V1ObjectMeta metadata);

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
}
