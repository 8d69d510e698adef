package dev.sluice.kubeapi.fault;

import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.watch.Watches;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Makes the API misbehave in the ways that real ones do. Thread-safe. */
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

    /** Called once, when the server listens. */
    public void listener(Listener socket) {
        listener = socket;
    }

    /** What was asked so far. */
    public RequestLog requests() {
        return requests;
    }

    /** How many watches are open at this moment. */
    public int openWatches() {
        return watches.count();
    }

    /** Ends watches whose path starts so, as servers do every so often; returns how many. */
    public int closeWatches(String pathPrefix) {
        return watches.end(path -> path.startsWith(pathPrefix));
    }

    /** Leaves watches whose path starts so open but silent until {@link #clear}; returns how many. */
    public int silenceWatches(String pathPrefix) {
        return watches.freeze(path -> path.startsWith(pathPrefix), true);
    }

    /** Forgets the history: older resource versions than the present are answered 410. */
    public void compactHistory() {
        store.compactHistory();
    }

    /** Everything stands still until {@link #clear}, as when the process is stopped: connections stay, nobody answers. */
    public synchronized void pause() {
        paused = true;
        silenceWatches("");
    }

    /** Ends all faults: requests that hang are served, silent watches go on. */
    public synchronized void clear() {
        paused = false;
        held.forEach(Faults::serve);
        held.clear();
        watches.freeze(path -> true, false);
    }

    /** Holds the request, without a thread, while the API is paused. */
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
            // the client has given up meanwhile
        }
    }

    /** Refuses and breaks connections until {@link #startListening}. */
    public void stopListening() {
        watches.end(path -> true);
        listener.stop();
    }

    public void startListening() {
        listener.start();
    }
}
