package dev.sluice.toolkit.meta;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.time.Duration;
import java.util.Objects;

/**
 * A kind with its Java types, for typed clients and informers.
 *
 * <p>Works for any kind, including third-party custom resources.
 *
 * @param kind group, version and names
 * @param objectClass the record, or other class, into which an object is decoded
 * @param listClass the class that the response of a list request is read into
 */
public record ApiType<T extends KubernetesObject, L extends KubernetesListObject>(
        ApiKind kind, Class<T> objectClass, Class<L> listClass) {

    /**
     * Checks the types.
     *
     * @throws IllegalArgumentException if one of them is a record, or contains one, that is not {@code @NullMarked}: the
     *     fields that it requires would be unknown, see {@link Nullness}
     */
    public ApiType {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(objectClass, "objectClass");
        Objects.requireNonNull(listClass, "listClass");
        Nullness.requireMarked(objectClass);
        Nullness.requireMarked(listClass);
    }

    /** Returns this kind in another API version, for controllers that serve several versions with the same fields. */
    public ApiType<T, L> inVersion(String version) {
        return new ApiType<>(new ApiKind(kind.group(), version, kind.kind(), kind.plural()), objectClass, listClass);
    }

    /**
     * Creates a typed client for this kind, with JSON by {@code ToolkitJson} whether it is installed or not.
     *
     * <p>Thread-safe if the client is.
     */
    public GenericKubernetesApi<T, L> api(ApiClient client) {
        return new TypedApi<>(this, client);
    }

    /**
     * Adds an informer for this kind to a factory, which starts all of its informers. A factory can have only one
     * informer per Java type: a second one, for example for another namespace, needs another factory. The client warns
     * once, without consequences, that records have no method {@code setKind}.
     *
     * @param client a client without a read timeout ({@code setReadTimeout(0)}), because a watch may be idle for a long
     *     time
     * @param namespace empty for all namespaces
     * @param resync interval at which handlers get every object again; zero for never
     */
    public SharedIndexInformer<T> informer(
            SharedInformerFactory factory, ApiClient client, String namespace, Duration resync) {
        return factory.sharedIndexInformerFor(api(client), objectClass, resync.toMillis(), namespace);
    }
}
