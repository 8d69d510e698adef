package dev.sluice.controller.informer;

import dev.sluice.controller.request.WatchRequests.OpenWatch;
import dev.sluice.controller.request.WatchRequests.RawEvent;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Status;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Watchable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a watch. A broken connection ends the stream like a regular end: the informer watches again from the
 * last version, without a new list. An unreadable object does not end it.
 */
final class EventStream<T extends KubernetesObject> implements Watchable<T> {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final String ERROR = "ERROR";

    private final OpenWatch watch;
    private final String kind;
    private final EventApplier<T> applier;
    private final Deque<Watch.Response<T>> next = new ArrayDeque<>();

    EventStream(OpenWatch watch, String kind, EventApplier<T> applier) {
        this.watch = watch;
        this.kind = kind;
        this.applier = applier;
    }

    @Override
    public boolean hasNext() {
        boolean open = true;
        while (open && next.isEmpty()) {
            open = read();
        }
        return !next.isEmpty();
    }

    @Override
    public Watch.Response<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the watch has ended");
        }
        return next.remove();
    }

    @Override
    public Iterator<Watch.Response<T>> iterator() {
        return this;
    }

    /** Ends the watch from another thread; a read that is waiting returns. */
    void cancel() {
        watch.call().cancel();
    }

    @Override
    public void close() {
        watch.close();
    }

    /** Reads the next event. Returns false at the end of the watch. */
    private boolean read() {
        try {
            Optional<RawEvent> event = watch.next();
            if (event.isEmpty()) {
                return false;
            }
            if (event.get().type().equals(ERROR)) {
                next.add(new Watch.Response<>(ERROR, status(event.get().object())));
            } else {
                next.addAll(applier.read(event.get()));
            }
            return true;
        } catch (IOException e) {
            // broken, silent for too long, or closed by us: the next watch continues from here
            LOG.atDebug()
                    .addKeyValue("kind", kind)
                    .addKeyValue("error", e.toString())
                    .log("watch interrupted");
            return false;
        }
    }

    private static V1Status status(byte[] json) throws IOException {
        try {
            return ToolkitJson.gson().fromJson(new String(json, StandardCharsets.UTF_8), V1Status.class);
        } catch (RuntimeException e) {
            throw new IOException("cannot read a watch error: " + e.getMessage(), e);
        }
    }
}
