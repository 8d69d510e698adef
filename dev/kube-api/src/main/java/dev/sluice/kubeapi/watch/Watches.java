package dev.sluice.kubeapi.watch;

import dev.sluice.kubeapi.store.Store;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All open watches, served by two threads. Thread-safe. */
public final class Watches implements Closeable {

    /** The maximum duration of a watch, like in a real server; clients then open another. */
    private static final Duration MAX_DURATION = Duration.ofMinutes(50);

    private static final int WRITERS = 2;
    private static final long TICK_MILLIS = 250;

    private final Store store;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS, threads("kube-api-watch-"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(threads("kube-api-watch-timer-"));
    private final ScheduledFuture<?> bookmarks;
    private final ScheduledFuture<?> deadlines;
    private final Map<String, Set<WatchConnection>> byResource = new ConcurrentHashMap<>();

    public Watches(Store store, Duration bookmarkInterval) {
        this.store = store;
        store.onChange(resource -> of(resource).forEach(WatchConnection::signal));
        long millis = bookmarkInterval.toMillis();
        this.bookmarks = timer.scheduleAtFixedRate(this::bookmark, millis, millis, TimeUnit.MILLISECONDS);
        this.deadlines = timer.scheduleAtFixedRate(
                () -> each(path -> true, WatchConnection::endWhenDue), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private Set<WatchConnection> of(String resource) {
        return byResource.computeIfAbsent(resource, r -> ConcurrentHashMap.newKeySet());
    }

    /** Starts a stream, which continues after this call has returned. */
    public void open(HttpServletRequest request, HttpServletResponse response, WatchRequest watch) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-cache, private");
        response.flushBuffer();
        AsyncContext async = request.startAsync(request, response);
        Set<WatchConnection> peers = of(watch.endpoint().storageName());
        Duration duration =
                watch.timeout().filter(t -> t.compareTo(MAX_DURATION) < 0).orElse(MAX_DURATION);
        WatchConnection connection = new WatchConnection(
                new WatchFeed(store, watch), request.getRequestURI(), async, writers, peers::remove, duration);
        peers.add(connection);
        connection.start();
    }

    /** The number of open watches. */
    public int count() {
        return byResource.values().stream().mapToInt(Set::size).sum();
    }

    /** Ends the watches with matching paths gracefully; returns their number. */
    public int end(Predicate<String> paths) {
        return each(paths, WatchConnection::end);
    }

    /** Ends all watches of a resource that is no longer served, after all its changes so far. */
    public void endResource(String resource) {
        of(resource).forEach(WatchConnection::endAfterLastChange);
    }

    /** Stops or resumes the watches with matching paths; their connections stay open. Returns their number. */
    public int freeze(Predicate<String> paths, boolean freeze) {
        return each(paths, connection -> connection.freeze(freeze));
    }

    /** Sends a bookmark to every watch that requested bookmarks. */
    public void bookmark() {
        each(path -> true, WatchConnection::bookmark);
    }

    private int each(Predicate<String> paths, Consumer<WatchConnection> action) {
        int count = 0;
        for (Set<WatchConnection> connections : byResource.values()) {
            for (WatchConnection connection : connections) {
                if (paths.test(connection.path())) {
                    action.accept(connection);
                    count++;
                }
            }
        }
        return count;
    }

    @Override
    public void close() {
        bookmarks.cancel(false);
        deadlines.cancel(false);
        timer.shutdownNow();
        each(path -> true, WatchConnection::close);
        writers.shutdownNow();
    }
}
