package dev.sluice.controller.informer;

import dev.sluice.controller.request.ListPage;
import dev.sluice.controller.request.ObjectDecoder;
import dev.sluice.controller.request.UnreadableObject;
import dev.sluice.controller.request.UnreadableObjectException;
import dev.sluice.controller.request.WatchRequests.RawEvent;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.cache.Indexer;
import io.kubernetes.client.util.Watch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the objects of one informer of what its API server sends, one by one. One that cannot be read is set aside: it
 * leaves the cache as if it had been deleted, and the list or watch goes on behind it.
 */
final class EventApplier<T extends KubernetesObject> {

    private static final String DELETED = "DELETED";
    private static final String BOOKMARK = "BOOKMARK";

    private final ObjectDecoder<T> decoder;

    /** Of objects with metadata only, which no index knows. */
    private final ObjectDecoder<T> bookmarks;

    private final ApiType<T, ?> type;
    private final CacheAllowance allowance;
    private final UnreadableObjects setAside;
    private volatile @Nullable Indexer<T> cache;

    EventApplier(ApiType<T, ?> type, ObjectTrimmer trim, CacheAllowance allowance, UnreadableObjects setAside) {
        this.type = type;
        this.allowance = allowance;
        this.decoder = new ObjectDecoder<>(type, (object, size) -> {
            trim.apply(object);
            index(object);
            allowance.take(type.kind(), ObjectKey.of(object), size);
        });
        this.bookmarks = new ObjectDecoder<>(type, (bookmark, size) -> {});
        this.setAside = setAside;
    }

    /** The cache that the objects go into, later. */
    void follow(Indexer<T> indexer) {
        cache = indexer;
    }

    ObjectDecoder<T> decoder() {
        return decoder;
    }

    /** A whole list has come. */
    void listed(List<ListPage<T>> pages) {
        Set<ObjectKey> cached = new HashSet<>();
        pages.forEach(page -> page.items().forEach(object -> cached.add(ObjectKey.of(object))));
        allowance.retain(type.kind(), cached);
        setAside.replace(
                pages.stream().flatMap(page -> page.unreadable().stream()).toList());
    }

    /** What the event is to the informer: usually one event. */
    List<Watch.Response<T>> read(RawEvent event) {
        boolean bookmark = event.type().equals(BOOKMARK);
        try {
            T object = (bookmark ? bookmarks : decoder).decode(event.object());
            if (!bookmark) {
                setAside.remove(ObjectKey.of(object));
            }
            if (event.type().equals(DELETED)) {
                allowance.give(type.kind(), ObjectKey.of(object));
            }
            return List.of(new Watch.Response<>(event.type(), object));
        } catch (UnreadableObjectException e) {
            return decoder.identify(event.object(), e)
                    .map(object -> unreadable(event.type(), object))
                    .orElse(List.of());
        }
    }

    /** A deletion of what was known before, and a bookmark: the watch must not begin before this event again. */
    private List<Watch.Response<T>> unreadable(String event, UnreadableObject object) {
        allowance.give(type.kind(), object.key());
        if (event.equals(DELETED)) {
            setAside.remove(object.key());
        } else {
            setAside.add(object);
        }
        Optional<T> bare = bookmarks.bare(object);
        List<Watch.Response<T>> events = new ArrayList<>();
        // the cache may be behind this watch: then the object is known by its name only
        cached(object.key()).or(() -> bare).ifPresent(gone -> events.add(new Watch.Response<>(DELETED, gone)));
        bare.filter(itself -> !object.resourceVersion().isEmpty())
                .ifPresent(itself -> events.add(new Watch.Response<>(BOOKMARK, itself)));
        return events;
    }

    private Optional<T> cached(ObjectKey key) {
        Indexer<T> indexer = cache;
        return indexer == null ? Optional.empty() : Optional.ofNullable(indexer.getByKey(key.toString()));
    }

    /** An object that an index function refuses would get into the cache by half. */
    private void index(T object) {
        Indexer<T> indexer = cache;
        if (indexer != null) {
            for (Function<T, List<String>> index : indexer.getIndexers().values()) {
                List<String> unused = index.apply(object);
            }
        }
    }
}
