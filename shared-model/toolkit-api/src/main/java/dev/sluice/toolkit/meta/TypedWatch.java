package dev.sluice.toolkit.meta;

import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Watchable;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Function;

/** A watch whose objects are converted one by one. */
record TypedWatch<T>(Watchable<RawObject> raw, Function<RawObject, T> conversion) implements Watchable<T> {

    @Override
    public Iterator<Watch.Response<T>> iterator() {
        return this;
    }

    @Override
    public boolean hasNext() {
        return raw.hasNext();
    }

    @Override
    public Watch.Response<T> next() {
        Watch.Response<RawObject> event = raw.next();
        return event.object == null
                ? new Watch.Response<>(event.type, event.status)
                : new Watch.Response<>(event.type, conversion.apply(event.object));
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
