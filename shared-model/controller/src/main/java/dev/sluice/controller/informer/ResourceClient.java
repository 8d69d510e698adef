package dev.sluice.controller.informer;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ListPage;
import dev.sluice.controller.request.WatchRequests;
import dev.sluice.toolkit.meta.ApiType;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, in pages, and watches the objects of one informer. */
record ResourceClient<T extends KubernetesObject>(
        ApiType<T, ?> type,
        Scope scope,
        ApiRequests requests,
        WatchRequests watches,
        int pageSize,
        EventApplier<T> applier) {

    /**
     * Lists all readable objects.
     *
     * @param version minimum resource version; {@code 0} for any version that the server has cached, empty for the
     *     newest
     */
    KubernetesListObject list(String version) throws IOException {
        List<ListPage<T>> pages = new ArrayList<>();
        ListPage<T> page = page(version, pageSize, "");
        pages.add(page);
        while (!page.next().isEmpty()) {
            try {
                page = page("", pageSize, page.next());
            } catch (ApiRequestException e) {
                if (e.code() != HttpURLConnection.HTTP_GONE) {
                    throw e;
                }
                // the server's history expired between two pages: list everything in one request
                pages.clear();
                page = page("", 0, "");
            }
            pages.add(page);
        }
        applier.listed(pages);
        List<T> items = pages.stream().flatMap(each -> each.items().stream()).toList();
        return new ObjectList<>(
                type.kind().apiVersion(),
                type.kind().kind() + "List",
                new V1ListMeta().resourceVersion(page.version()),
                items);
    }

    EventStream<T> watch(@Nullable String version, @Nullable Integer timeoutSeconds) throws IOException {
        Map<String, String> query = query();
        put(query, "resourceVersion", version);
        put(query, "timeoutSeconds", timeoutSeconds);
        return new EventStream<>(
                watches.open(type.kind(), scope.namespace(), query), type.kind().kind(), applier);
    }

    private ListPage<T> page(String version, int limit, String from) throws IOException {
        Map<String, String> query = query();
        put(query, "resourceVersion", version);
        put(query, "limit", limit == 0 ? null : limit);
        put(query, "continue", from);
        return requests.page(type.kind(), scope.namespace(), query, applier.decoder());
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "labelSelector", scope.labelSelector());
        return query;
    }

    private static void put(Map<String, String> query, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            query.put(name, value.toString());
        }
    }
}
