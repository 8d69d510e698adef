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
 * The events of a watch, one JSON object a line. A connection that breaks ends it like any other end: the informer
 * watches again from where it was, without a new list. An object that cannot be read does not end it.
 */
final class EventStream<T extends KubernetesObject> implements Watchable<T> {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final String ERROR = "ERROR";

    private final OpenWatch watch;
    private final String kind;
    private final EventApplier<T> intake;
    private final Deque<Watch.Response<T>> next = new ArrayDeque<>();

    EventStream(OpenWatch watch, String kind, EventApplier<T> intake) {
        this.watch = watch;
        this.kind = kind;
        this.intake = intake;
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

    @Override
    public void close() {
        watch.close();
    }

    /** False at the end. */
    private boolean read() {
        try {
            Optional<RawEvent> event = watch.next();
            if (event.isEmpty()) {
                return false;
            }
            if (event.get().type().equals(ERROR)) {
                next.add(new Watch.Response<>(ERROR, status(event.get().object())));
            } else {
                next.addAll(intake.read(event.get()));
            }
            return true;
        } catch (IOException e) {
            // broken, silent for too long, or closed by ourselves: the next watch goes on from here
            LOG.atDebug()
                    .addKeyValue("kind", kind)
                    .addKeyValue("error", e.toString())
                    .log("Watch broke off");
            return false;
        }
    }

    private static V1Status status(byte[] json) throws IOException {
        try {
            return ToolkitJson.gson().fromJson(new String(json, StandardCharsets.UTF_8), V1Status.class);
        } catch (RuntimeException e) {
            throw new IOException("a watch error that cannot be read: " + e.getMessage(), e);
        }
    }
}
