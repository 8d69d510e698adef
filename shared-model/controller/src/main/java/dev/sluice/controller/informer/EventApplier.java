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
 * Decodes the objects of one informer, one by one. Sets an unreadable object aside: it leaves the cache as if it had
 * been deleted, and the list or watch continues.
 */
final class EventApplier<T extends KubernetesObject> {

    private static final String DELETED = "DELETED";
    private static final String BOOKMARK = "BOOKMARK";

    private final ObjectDecoder<T> decoder;

    /** For objects that contain only metadata and are not indexed. */
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
            allowance.reserve(type.kind(), ObjectKey.of(object), size);
        });
        this.bookmarks = new ObjectDecoder<>(type, (bookmark, size) -> {});
        this.setAside = setAside;
    }

    /** Sets the cache that will contain the objects. */
    void follow(Indexer<T> indexer) {
        cache = indexer;
    }

    ObjectDecoder<T> decoder() {
        return decoder;
    }

    /** Handles a complete list. */
    void listed(List<ListPage<T>> pages) {
        Set<ObjectKey> cached = new HashSet<>();
        pages.forEach(page -> page.items().forEach(object -> cached.add(ObjectKey.of(object))));
        allowance.retain(type.kind(), cached);
        setAside.replace(
                pages.stream().flatMap(page -> page.unreadable().stream()).toList());
    }

    /** Converts a watch event into events for the informer, usually one. */
    List<Watch.Response<T>> read(RawEvent event) {
        boolean bookmark = event.type().equals(BOOKMARK);
        try {
            T object = (bookmark ? bookmarks : decoder).decode(event.object());
            if (!bookmark) {
                setAside.remove(ObjectKey.of(object));
            }
            if (event.type().equals(DELETED)) {
                allowance.release(type.kind(), ObjectKey.of(object));
            }
            return List.of(new Watch.Response<>(event.type(), object));
        } catch (UnreadableObjectException e) {
            return decoder.identify(event.object(), e)
                    .map(object -> unreadable(event.type(), object))
                    .orElse(List.of());
        }
    }

    /** Returns a deletion of the cached object, and a bookmark so that the watch does not resume before this event. */
    private List<Watch.Response<T>> unreadable(String event, UnreadableObject object) {
        allowance.release(type.kind(), object.key());
        if (event.equals(DELETED)) {
            setAside.remove(object.key());
        } else {
            setAside.add(object);
        }
        Optional<T> bare = bookmarks.bare(object);
        List<Watch.Response<T>> events = new ArrayList<>();
        // the object may not have reached the cache yet: then only its name is known
        cached(object.key()).or(() -> bare).ifPresent(gone -> events.add(new Watch.Response<>(DELETED, gone)));
        bare.filter(itself -> !object.resourceVersion().isEmpty())
                .ifPresent(itself -> events.add(new Watch.Response<>(BOOKMARK, itself)));
        return events;
    }

    private Optional<T> cached(ObjectKey key) {
        Indexer<T> indexer = cache;
        return indexer == null ? Optional.empty() : Optional.ofNullable(indexer.getByKey(key.toString()));
    }

    /** Calls the index functions first, because an exception in one would leave the object half indexed. */
    private void index(T object) {
        Indexer<T> indexer = cache;
        if (indexer != null) {
            for (Function<T, List<String>> index : indexer.getIndexers().values()) {
                List<String> unused = index.apply(object);
            }
        }
    }
}
