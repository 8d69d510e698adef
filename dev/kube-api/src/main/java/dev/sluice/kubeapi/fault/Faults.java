package dev.sluice.kubeapi.fault;

import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.watch.Watches;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Injects faults that real API servers have. Thread-safe. */
public final class Faults {

    private final Store store;
    private final Watches watches;
    private final RequestLog requests;
    private final List<AsyncContext> held = new ArrayList<>();
    private boolean paused;
    private volatile Listener listener = Listener.NONE;

    public Faults(Store store, Watches watches, Clock clock) {
        this.store = store;
        this.watches = watches;
        this.requests = new RequestLog(clock);
    }

    /** Called once when the server listens. */
    public void listener(Listener socket) {
        listener = socket;
    }

    /** The log of all requests so far. */
    public RequestLog requests() {
        return requests;
    }

    /** The number of open watches. */
    public int openWatches() {
        return watches.count();
    }

    /** Ends the watches whose path has the prefix, as servers do regularly; returns their number. */
    public int closeWatches(String pathPrefix) {
        return watches.end(path -> path.startsWith(pathPrefix));
    }

    /** Stops all events of the watches whose path has the prefix until {@link #clear}; returns their number. */
    public int silenceWatches(String pathPrefix) {
        return watches.freeze(path -> path.startsWith(pathPrefix), true);
    }

    /** Discards the history: older resource versions get a 410. */
    public void compactHistory() {
        store.compactHistory();
    }

    /** Stops responding until {@link #clear}: connections stay open, but no request is answered. */
    public synchronized void pause() {
        paused = true;
        silenceWatches("");
    }

    /** Ends all faults: held requests are served, and silent watches continue. */
    public synchronized void clear() {
        paused = false;
        held.forEach(Faults::serve);
        held.clear();
        watches.freeze(path -> true, false);
    }

    /** Holds the request while the API is paused, without blocking a thread. */
    synchronized boolean hold(HttpServletRequest request) {
        if (paused) {
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            held.add(async);
        }
        return paused;
    }

    private static void serve(AsyncContext async) {
        try {
            async.dispatch();
        } catch (IllegalStateException e) {
            // the client has disconnected
        }
    }

    /** Breaks open connections and refuses new ones until {@link #startListening}. */
    public void stopListening() {
        watches.end(path -> true);
        listener.stop();
    }

    public void startListening() {
        listener.start();
    }
}
