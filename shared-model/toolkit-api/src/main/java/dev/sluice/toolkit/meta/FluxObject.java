package dev.sluice.toolkit.meta;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/**
 * A Flux object: an immutable record. Only its metadata is the client's own mutable type: never change the metadata of
 * an object that came out of an informer's cache.
 *
 * @param <S> the spec
 */
public interface FluxObject<S> extends KubernetesObject {

    String apiVersion();

    String kind();

    V1ObjectMeta metadata();

    S spec();

    /** The same object with other metadata; the rest is shared. */
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
