package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoreSnapshot;
import dev.sluice.kubeapi.store.StoredObject;
import dev.sluice.kubeapi.table.Tables;
import dev.sluice.kubeapi.watch.WatchRequest;
import dev.sluice.kubeapi.watch.Watches;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.web.servlet.function.ServerResponse;

/** Implements the verb watch. */
final class WatchOpener {

    /** The initial objects of a watch, and the revision after which changes follow. */
    private record Start(List<StoredObject> objects, long after) {}

    private final Store store;
    private final Watches watches;
    private final Tables tables;

    WatchOpener(Store store, Watches watches, Tables tables) {
        this.store = store;
        this.watches = watches;
        this.tables = tables;
    }

    ServerResponse watch(Call call, ListOptions options) {
        Endpoint endpoint = call.endpoint();
        WatchRequest watch =
                request(call, options, new StreamEncoder(endpoint, call.wantsTable(), tables, call.include()));
        return Answers.raw((request, response) -> watches.open(request, response, watch));
    }

    private WatchRequest request(Call call, ListOptions options, StreamEncoder encoder) {
        Endpoint endpoint = call.endpoint();
        String namespace = call.path().namespace();
        Predicate<StoredObject> selects = o ->
                (namespace.isEmpty() || o.key().namespace().equals(namespace)) && Lister.selects(endpoint, options, o);
        Start start = start(endpoint, namespace, options);
        return new WatchRequest(
                endpoint,
                selects,
                start.objects().stream().filter(selects).toList(),
                options.bookmarks() && options.sendInitialEvents().orElse(false),
                start.after(),
                options.bookmarks(),
                options.timeoutSeconds().filter(s -> s > 0).map(Duration::ofSeconds),
                encoder);
    }

    /**
     * Starts with the existing objects if requested or without a resourceVersion; otherwise after the resourceVersion.
     */
    private Start start(Endpoint endpoint, String namespace, ListOptions options) {
        long requested = ResourceVersions.parse(options.resourceVersion());
        if (!options.sendInitialEvents().orElse(requested == 0)) {
            return new Start(List.of(), requested == 0 ? store.revision() : requested);
        }
        StoreSnapshot snapshot = store.list(endpoint.storageName(), namespace);
        if (requested > snapshot.revision()) {
            throw ApiException.revisionTooLarge(requested, snapshot.revision());
        }
        return new Start(snapshot.objects(), snapshot.revision());
    }
}
