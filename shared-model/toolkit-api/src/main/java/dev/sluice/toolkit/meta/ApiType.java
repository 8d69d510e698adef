package dev.sluice.toolkit.meta;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
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

    /**
     * A typed client of this kind. It reads and writes the toolkit's records only after {@code ToolkitJson.install()}.
     *
     * <p>Thread-safe when the client is.
     */
    public GenericKubernetesApi<T, L> api(ApiClient client) {
        return new GenericKubernetesApi<>(objectClass, listClass, kind.group(), kind.version(), kind.plural(), client);
    }
}
