package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.http.Form;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.store.Snapshot;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import dev.sluice.kubeapi.table.Tables;
import dev.sluice.kubeapi.watch.WatchRequest;
import dev.sluice.kubeapi.watch.Watches;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.web.servlet.function.ServerResponse;

/** The verb watch: from where, and what. */
final class WatchOpener {

    private final Store store;
    private final Watches watches;
    private final Tables tables;

    WatchOpener(Store store, Watches watches, Tables tables) {
        this.store = store;
        this.watches = watches;
        this.tables = tables;
    }

    ServerResponse watch(Call call, ListOptions options) {
        Form form = Form.negotiateStream(Answers.accept(call.request()));
        Endpoint endpoint = call.endpoint();
        WatchRequest watch = request(call, options, new StreamEncoder(endpoint, form.view(), tables, call.include()));
        return Answers.raw((request, response) -> watches.open(request, response, watch));
    }

    private WatchRequest request(Call call, ListOptions options, StreamEncoder encoder) {
        Endpoint endpoint = call.endpoint();
        String namespace = call.path().namespace();
        long after = Revisions.parse(options.resourceVersion());
        boolean initialWanted = options.sendInitialEvents().orElse(after == 0);
        boolean announce = options.sendInitialEvents().orElse(false);
        if (announce && !options.bookmarks()) {
            announce = false;
        }
        Predicate<StoredObject> selects = o ->
                (namespace.isEmpty() || o.key().namespace().equals(namespace)) && Lister.selects(endpoint, options, o);
        List<StoredObject> initial = List.of();
        if (initialWanted) {
            Snapshot snapshot = store.list(endpoint.storageName(), namespace);
            if (after > snapshot.revision()) {
                throw ApiException.revisionTooLarge(after, snapshot.revision());
            }
            initial = snapshot.objects().stream().filter(selects).toList();
            after = snapshot.revision();
        } else if (after == 0) {
            after = store.revision();
        }
        return new WatchRequest(
                endpoint,
                selects,
                initial,
                announce,
                after,
                options.bookmarks(),
                options.timeoutSeconds().filter(s -> s > 0).map(Duration::ofSeconds),
                encoder);
    }
}
