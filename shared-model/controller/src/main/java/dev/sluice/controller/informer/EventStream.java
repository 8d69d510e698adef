package dev.sluice.controller.informer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.sluice.controller.request.WatchRequests.OpenWatch;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Status;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Watchable;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a watch, one JSON object a line. A connection that breaks ends it like any other end: the informer
 * watches again from where it was, without a new list.
 */
final class EventStream<T extends KubernetesObject> implements Watchable<T> {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final String ERROR = "ERROR";

    /** Far above what the API server can store. */
    private static final long MAX_EVENT_BYTES = 64L * 1024 * 1024;

    private final OpenWatch watch;
    private final BufferedSource source;
    private final Class<T> type;
    private final Trim trim;
    private Watch.@Nullable Response<T> next;

    EventStream(OpenWatch watch, Class<T> type, Trim trim) {
        this.watch = watch;
        this.source = watch.response().body().source();
        this.type = type;
        this.trim = trim;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
    }

    @Override
    public Watch.Response<T> next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("the watch has ended");
        }
        Watch.Response<T> event = next;
        next = null;
        return event;
    }

    @Override
    public Iterator<Watch.Response<T>> iterator() {
        return this;
    }

    @Override
    public void close() {
        watch.close();
    }

    private Watch.@Nullable Response<T> read() {
        try {
            return source.exhausted() ? null : parse(source.readUtf8LineStrict(MAX_EVENT_BYTES));
        } catch (IOException e) {
            // broken, silent for too long, or closed by ourselves: the next watch goes on from here
            LOG.atDebug()
                    .addKeyValue("kind", type.getSimpleName())
                    .addKeyValue("error", e.toString())
                    .log("Watch broke off");
            return null;
        } catch (JsonParseException e) {
            LOG.atWarn()
                    .addKeyValue("kind", type.getSimpleName())
                    .addKeyValue("error", e.toString())
                    .log("Unreadable event");
            return null;
        }
    }

    private Watch.Response<T> parse(String line) {
        JsonObject event = ToolkitJson.gson().fromJson(line, JsonObject.class);
        String name = event.get("type").getAsString();
        if (name.equals(ERROR)) {
            return new Watch.Response<>(name, ToolkitJson.gson().fromJson(event.get("object"), V1Status.class));
        }
        T object = ToolkitJson.gson().fromJson(event.get("object"), type);
        trim.apply(object);
        return new Watch.Response<>(name, object);
    }
}
