package dev.sluice.controller.source;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ListPage;
import dev.sluice.controller.request.ObjectDecoder;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import io.kubernetes.client.common.KubernetesObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lists objects in pages, and decodes each on its own. */
final class ObjectPages {

    private static final String PAGE_SIZE = "500";
    private static final int MOST_RESTARTS = 3;

    private ObjectPages() {}

    /**
     * Reads all pages into a result. If the list changes faster than it is read, the API server forgets its version
     * (410 Gone); the list then starts again with an empty result, at most {@value #MOST_RESTARTS} times.
     *
     * @param namespace empty for all namespaces
     * @param query query parameters, for example {@code labelSelector}
     * @param empty creates an empty result
     * @param add adds a page to the result
     * @throws IOException if the objects cannot be listed; says so if the API server does not serve their kind
     */
    static <T extends KubernetesObject, R> R collect(
            ApiRequests requests,
            ApiType<T, ?> type,
            String namespace,
            Map<String, String> query,
            Supplier<R> empty,
            BiConsumer<R, ListPage<T>> add)
            throws IOException {
        for (int restarts = 0; ; restarts++) {
            R result = empty.get();
            Optional<ApiRequestException> expired =
                    readPages(requests, type, namespace, query, page -> add.accept(result, page));
            if (expired.isEmpty()) {
                return result;
            }
            if (restarts == MOST_RESTARTS) {
                throw expired.get();
            }
        }
    }

    /** Returns the failure if the API server forgot the version of the list after the first page. */
    private static <T extends KubernetesObject> Optional<ApiRequestException> readPages(
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
            try {
                page = page(requests, type.kind(), namespace, all, decoder);
            } catch (ApiRequestException e) {
                if (e.code() == HttpURLConnection.HTTP_GONE && all.containsKey("continue")) {
                    return Optional.of(e);
                }
                throw e;
            }
            consumer.accept(page);
            all.put("continue", page.next());
        } while (!page.next().isEmpty());
        return Optional.empty();
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
