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
 * A kind together with its Java types: what typed clients and informers are made from.
 *
 * <p>Works for any kind, so third parties describe their own custom resources with it as well.
 */
public record ApiType<T extends KubernetesObject, L extends KubernetesListObject>(
        ApiKind kind, Class<T> objectClass, Class<L> listClass) {

    public ApiType {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(objectClass, "objectClass");
        Objects.requireNonNull(listClass, "listClass");
    }

    /** The same kind in another API version, for controllers that serve several with the same fields. */
    public ApiType<T, L> inVersion(String version) {
        return new ApiType<>(new ApiKind(kind.group(), version, kind.kind(), kind.plural()), objectClass, listClass);
    }

    /**
     * A typed client of this kind. It reads and writes the toolkit's records only after {@code ToolkitJson.install()}.
     *
     * <p>Thread-safe when the client is.
     */
    public GenericKubernetesApi<T, L> api(ApiClient client) {
        return new GenericKubernetesApi<>(objectClass, listClass, kind.group(), kind.version(), kind.plural(), client);
    }

    /**
     * Adds an informer of this kind to a factory, which starts it with all others. A factory has one informer of a Java
     * type: a second one, say of another namespace, takes a factory of its own. As with {@link #api}, call
     * {@code ToolkitJson.install()} first.
     *
     * @param client without a read timeout ({@code setReadTimeout(0)}), because a watch may be silent for long
     * @param namespace empty for all namespaces
     * @param resync after which time handlers see every object again; zero for never
     */
    public SharedIndexInformer<T> informer(
            SharedInformerFactory factory, ApiClient client, String namespace, Duration resync) {
        return factory.sharedIndexInformerFor(api(client), objectClass, resync.toMillis(), namespace);
    }
}
