package dev.sluice.controller.source;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ListPage;
import dev.sluice.controller.request.ObjectDecoder;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import io.kubernetes.client.common.KubernetesObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Lists objects in pages, and decodes each on its own. */
final class ObjectPages {

    private static final String PAGE_SIZE = "500";

    private ObjectPages() {}

    /**
     * Reads all pages.
     *
     * @param namespace empty for all namespaces
     * @param query query parameters, for example {@code labelSelector}
     * @throws IOException if the objects cannot be listed; says so if the API server does not serve their kind
     */
    static <T extends KubernetesObject> void forEach(
            ApiRequests requests,
            ApiType<T, ?> type,
            String namespace,
            Map<String, String> query,
            Consumer<ListPage<T>> consumer)
            throws IOException {
        ObjectDecoder<T> decoder = new ObjectDecoder<>(type, (object, size) -> {});
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("limit", PAGE_SIZE);
        ListPage<T> page;
        do {
            page = page(requests, type.kind(), namespace, all, decoder);
            consumer.accept(page);
            all.put("continue", page.next());
        } while (!page.next().isEmpty());
    }

    private static <T extends KubernetesObject> ListPage<T> page(
            ApiRequests requests, ApiKind kind, String namespace, Map<String, String> query, ObjectDecoder<T> decoder)
            throws IOException {
        try {
            return requests.page(kind, namespace, query, decoder);
        } catch (ApiRequestException e) {
            // a list of no objects is a success, also in a namespace that does not exist
            if (!e.isNotFound()) {
                throw e;
            }
            throw new IOException(
                    "kind %s in %s is not served by the API server; install the CustomResourceDefinition %s.%s with version %s (kubectl apply -f FILE)"
                            .formatted(kind.kind(), kind.apiVersion(), kind.plural(), kind.group(), kind.version()),
                    e);
        }
    }
}
