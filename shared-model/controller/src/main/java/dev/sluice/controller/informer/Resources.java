package dev.sluice.controller.informer;

import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.WatchRequests;
import dev.sluice.toolkit.meta.ApiType;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.util.Watchable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of one informer at the API server: lists in pages, and watches. Trims every object that it reads. */
record Resources<T extends KubernetesObject>(
        ApiType<T, ?> type, Scope scope, ApiRequests requests, WatchRequests watches, int pageSize, Trim trim) {

    Resources(ApiType<T, ?> type, Scope scope, ApiRequests requests, WatchRequests watches, int pageSize) {
        this(type, scope, requests, watches, pageSize, new Trim(scope.keepManager()));
    }

    /**
     * The whole list.
     *
     * @param version not older than this; {@code 0} for whatever the server has at hand, empty for the newest
     */
    KubernetesListObject list(String version) throws IOException {
        List<T> items = new ArrayList<>();
        KubernetesListObject page = page(version, pageSize, "");
        addTo(items, page);
        while (hasMore(page)) {
            try {
                page = page("", pageSize, String.valueOf(page.getMetadata().getContinue()));
            } catch (ApiRequestException e) {
                if (e.code() != HttpURLConnection.HTTP_GONE) {
                    throw e;
                }
                // the pages took longer than the server keeps history: all at once, then
                items.clear();
                page = page("", 0, "");
            }
            addTo(items, page);
        }
        String listed = page.getMetadata().getResourceVersion();
        return new WholeList<>(page.getApiVersion(), page.getKind(), new V1ListMeta().resourceVersion(listed), items);
    }

    Watchable<T> watch(@Nullable String version, @Nullable Integer timeoutSeconds) throws IOException {
        Map<String, String> query = query();
        put(query, "resourceVersion", version);
        put(query, "timeoutSeconds", timeoutSeconds);
        return new EventStream<>(watches.open(type.kind(), scope.namespace(), query), type.objectClass(), trim);
    }

    private KubernetesListObject page(String version, int limit, String from) throws IOException {
        Map<String, String> query = query();
        put(query, "resourceVersion", version);
        put(query, "limit", limit == 0 ? null : limit);
        put(query, "continue", from);
        return requests.list(type.kind(), scope.namespace(), query, type.listClass());
    }

    private void addTo(List<T> items, KubernetesListObject page) {
        for (KubernetesObject item : page.getItems()) {
            trim.apply(item);
            items.add(type.objectClass().cast(item));
        }
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "labelSelector", scope.labelSelector());
        return query;
    }

    private static boolean hasMore(KubernetesListObject page) {
        String more = page.getMetadata().getContinue();
        return more != null && !more.isEmpty();
    }

    private static void put(Map<String, String> query, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            query.put(name, value.toString());
        }
    }
}
