package dev.sluice.kubeapi.watch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.store.CompactedException;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoreEvent;
import dev.sluice.kubeapi.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of a watch. It keeps a position in the store's history instead of a queue, so a slow reader costs no
 * memory. A reader that falls behind the history gets an error event. Not thread-safe.
 */
final class WatchFeed {

    private static final int CHUNK_BYTES = 32 << 10;
    private static final int BATCH = 64;

    private final Store store;
    private final WatchRequest request;
    private final Iterator<StoredObject> initial;
    private boolean started;
    private boolean initialEndDue;
    private boolean bookmarkDue;
    private long position;
    private boolean ended;

    WatchFeed(Store store, WatchRequest request) {
        this.store = store;
        this.request = request;
        this.initial = request.initial().iterator();
        this.initialEndDue = request.announceInitialEnd();
        this.position = request.after();
    }

    boolean ended() {
        return ended;
    }

    void bookmarkSoon() {
        bookmarkDue = request.bookmarks();
    }

    /** Returns the next frames; empty if there are none. */
    byte[] next() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (initial.hasNext() && out.size() < CHUNK_BYTES) {
            frame(out, "ADDED", request.encoder().encode(initial.next()));
        }
        if (!initial.hasNext() && out.size() < CHUNK_BYTES && !ended) {
            if (initialEndDue) {
                initialEndDue = false;
                bookmark(out, true);
            }
            if (!started) {
                start(out);
            }
            changes(out);
        }
        return out.toByteArray();
    }

    /** Reports a compacted start position as an event, because the response has already started. */
    private void start(ByteArrayOutputStream out) {
        started = true;
        try {
            store.requireHistory(request.endpoint().storageName(), position);
        } catch (CompactedException e) {
            expire(out, e);
        }
    }

    private void changes(ByteArrayOutputStream out) {
        try {
            while (!ended && out.size() < CHUNK_BYTES) {
                long upTo = store.revision();
                List<StoreEvent> changes = store.changesAfter(request.endpoint().storageName(), position, BATCH);
                if (changes.isEmpty()) {
                    position = Math.max(position, upTo);
                    break;
                }
                for (StoreEvent change : changes) {
                    event(out, change);
                    position = change.revision();
                }
            }
        } catch (CompactedException e) {
            expire(out, e);
            return;
        }
        if (bookmarkDue && !ended) {
            bookmarkDue = false;
            bookmark(out, false);
        }
    }

    private void event(ByteArrayOutputStream out, StoreEvent change) {
        StoredObject before = change.before();
        boolean selectedBefore = before != null && request.selects().test(before);
        boolean selectedAfter = !change.deletion() && request.selects().test(change.after());
        if (selectedAfter) {
            frame(out, selectedBefore ? "MODIFIED" : "ADDED", request.encoder().encode(change.after()));
        } else if (selectedBefore && before != null) {
            StoredObject last = change.deletion() ? change.after() : before.at(change.revision());
            frame(out, "DELETED", request.encoder().encode(last));
        }
    }

    private void bookmark(ByteArrayOutputStream out, boolean initialEnd) {
        ObjectNode object = Json.object()
                .put("kind", request.endpoint().kind())
                .put("apiVersion", request.endpoint().apiVersion());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(position)).putNull("creationTimestamp");
        if (initialEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        frame(out, "BOOKMARK", request.encoder().encode(object));
    }

    private void expire(ByteArrayOutputStream out, CompactedException e) {
        fail(out, ApiException.expired("too old resource version: " + e.requested() + " (" + e.oldest() + ")"));
    }

    private void fail(ByteArrayOutputStream out, ApiException failure) {
        frame(out, "ERROR", Json.bytes(failure.status()));
        ended = true;
    }

    private static void frame(ByteArrayOutputStream out, String type, byte[] object) {
        out.writeBytes(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(object);
        out.writeBytes(new byte[] {'}', '\n'});
    }
}
