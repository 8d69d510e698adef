package dev.sluice.kubeapi.fault;

import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.watch.Watches;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/** Makes the API misbehave in the ways that real ones do. Thread-safe. */
public final class Faults {

    private final Store store;
    private final Watches watches;
    private final ActiveFaults active = new ActiveFaults();
    private final HeldRequests held = new HeldRequests();
    private final RequestLog requests;
    private volatile Listener listener = new Listener() {
        @Override
        public void stop() {}

        @Override
        public void start() {}
    };

    public Faults(Store store, Watches watches, Clock clock) {
        this.store = store;
        this.watches = watches;
        this.requests = new RequestLog(clock);
    }

    /** Called once, when the server listens. */
    public void listener(Listener socket) {
        listener = socket;
    }

    ActiveFaults active() {
        return active;
    }

    HeldRequests held() {
        return held;
    }

    /** What was asked so far. */
    public RequestLog requests() {
        return requests;
    }

    /** Adds a fault; of several that would strike a request the oldest does. */
    public void add(Fault fault) {
        active.add(fault);
    }

    /** The faults that will still strike. */
    public List<Fault> list() {
        return active.list();
    }

    /** Ends all faults: requests that hang are served, silent watches go on. */
    public void clear() {
        active.clear();
        held.release();
        watches.freeze(path -> true, false);
    }

    /** How many watches are open at this moment. */
    public int openWatches() {
        return watches.count();
    }

    /** Ends watches whose path starts so, as servers do every so often; returns how many. */
    public int closeWatches(String pathPrefix) {
        return watches.end(starting(pathPrefix));
    }

    /** Ends watches whose path starts so with an ERROR event 410; returns how many. */
    public int expireWatches(String pathPrefix) {
        return watches.fail(starting(pathPrefix), ApiException.expired("too old resource version: 0 (1)"));
    }

    /** Leaves watches whose path starts so open but silent until {@link #clear}; returns how many. */
    public int silenceWatches(String pathPrefix) {
        return watches.freeze(starting(pathPrefix), true);
    }

    /** Forgets the history: older resource versions than the present are answered 410. */
    public void compactHistory() {
        compactHistory(store.revision());
    }

    /** Forgets the history up to a resource version: earlier ones are answered 410. */
    public void compactHistory(long resourceVersion) {
        store.compactHistory(resourceVersion);
    }

    /** Everything stands still, as when the process is stopped: connections stay, nobody answers. */
    public void pause() {
        active.add(Fault.always(Fault.Action.HANG));
        silenceWatches("");
    }

    /** Refuses and breaks connections until {@link #startListening}. */
    public void stopListening() {
        watches.end(path -> true);
        listener.stop();
    }

    public void startListening() {
        listener.start();
    }

    /**
     * Does what clients see of a restart: all connections break, the history is gone, resourceVersions have moved on.
     *
     * @param revisionJump by how much resourceVersions move; 0 or more
     */
    public void restart(long revisionJump) {
        if (revisionJump < 0) {
            throw new IllegalArgumentException("revisionJump " + revisionJump + ": give 0 or more");
        }
        stopListening();
        store.jump(revisionJump);
        startListening();
    }

    private static Predicate<String> starting(String prefix) {
        return path -> path.startsWith(prefix);
    }
}
