package dev.sluice.controller.source;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ListPage;
import dev.sluice.controller.request.ObjectDecoder;
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
            page = requests.page(type.kind(), namespace, all, decoder);
            consumer.accept(page);
            all.put("continue", page.next());
        } while (!page.next().isEmpty());
    }
}
