package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.object.StoreKey;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.store.CompactedException;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoreSnapshot;
import dev.sluice.kubeapi.store.StoredObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Implements the verb list, with revisions, selectors and pages. */
final class Lister {

    private static final String INCONSISTENT = "The provided continue parameter is too old to display a consistent list"
            + " result. You can start a new list without the continue parameter, or use the continue token in this"
            + " response to retrieve the remainder of the results. Continuing with the provided token results in an"
            + " inconsistent list - objects that were created, modified, or deleted between the time the first chunk was"
            + " returned and now may show up in the list.";

    private final Store store;

    Lister(Store store) {
        this.store = store;
    }

    Page list(Endpoint endpoint, String namespace, ListOptions options) {
        if (!options.continueToken().isEmpty()) {
            if (!options.resourceVersion().isEmpty()
                    && !options.resourceVersion().equals("0")) {
                throw ApiException.badRequest("specifying resource version is not allowed when using continue");
            }
            ContinueToken token = ContinueToken.decode(options.continueToken());
            return page(endpoint, resumed(endpoint, namespace, token), options, token.after());
        }
        // like a list from the watch cache of a real server, a list at revision 0 ignores the limit
        boolean anyRevision = options.resourceVersion().equals("0");
        return page(endpoint, snapshot(endpoint, namespace, options), anyRevision ? unlimited(options) : options, null);
    }

    private static ListOptions unlimited(ListOptions o) {
        return new ListOptions(
                o.watch(),
                o.labels(),
                o.fields(),
                0,
                "",
                o.resourceVersion(),
                o.sendInitialEvents(),
                o.bookmarks(),
                o.timeoutSeconds());
    }

    private StoreSnapshot snapshot(Endpoint endpoint, String namespace, ListOptions options) {
        long requested = ResourceVersions.parse(options.resourceVersion());
        StoreSnapshot current = store.list(endpoint.storageName(), namespace);
        if (requested > current.revision()) {
            throw ApiException.revisionTooLarge(requested, current.revision());
        }
        return current;
    }

    private StoreSnapshot resumed(Endpoint endpoint, String namespace, ContinueToken token) {
        if (token.revision() < 0) {
            return store.list(endpoint.storageName(), namespace);
        }
        try {
            return store.listAt(endpoint.storageName(), namespace, token.revision());
        } catch (CompactedException e) {
            throw ApiException.expiredContinue(INCONSISTENT, new ContinueToken(-1, token.after()).encode());
        }
    }

    private static Page page(Endpoint endpoint, StoreSnapshot snapshot, ListOptions options, @Nullable StoreKey after) {
        List<StoredObject> rest = snapshot.objects().stream()
                .filter(o -> after == null || o.key().compareTo(after) > 0)
                .filter(o -> selects(endpoint, options, o))
                .toList();
        if (options.limit() <= 0 || rest.size() <= options.limit()) {
            return new Page(snapshot.revision(), rest, "", Optional.empty());
        }
        List<StoredObject> page = rest.subList(0, options.limit());
        String next =
                new ContinueToken(snapshot.revision(), page.get(page.size() - 1).key()).encode();
        Optional<Long> remaining =
                options.selectsAll() ? Optional.of((long) rest.size() - page.size()) : Optional.empty();
        return new Page(snapshot.revision(), page, next, remaining);
    }

    static boolean selects(Endpoint endpoint, ListOptions options, StoredObject object) {
        if (options.selectsAll()) {
            return true;
        }
        ObjectNode tree = endpoint.tree(object);
        return options.labels().matches(object.meta().labels())
                && options.fields().matches(tree);
    }
}
