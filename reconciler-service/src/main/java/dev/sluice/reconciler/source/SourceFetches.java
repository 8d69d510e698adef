package dev.sluice.reconciler.source;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.config.GoDuration;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Fetches sources on separate threads, so that a slow source holds no worker: a run waits briefly, ends, and is
 * requeued when the fetch has ended. One fetch serves all generators that need the same URL and digest. A fetch that no
 * generator has asked for during {@link #UNWANTED} is cancelled. Thread-safe.
 */
final class SourceFetches implements Closeable {

    /** Performs one fetch, charged to its payer, and puts the result into the cache. */
    interface Work {
        void run(SourceFetch fetch) throws IOException;
    }

    static final Duration UNWANTED = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SourceFetches.class);
    private static final int MAX_WAITING = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SourceFetch> fetches = new HashMap<>();
    private final FetchQueue queue;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("source-fetch"));
    private final Work work;
    private final Duration timeout;
    private final Ticker ticker;
    private volatile Consumer<ObjectKey> listener = key -> {};
    private boolean closed;

    /** @param timeout timeout of one fetch, from its start */
    SourceFetches(int threads, Duration timeout, Work work, Ticker ticker) {
        this.queue = new FetchQueue(threads, MAX_WAITING);
        this.timeout = timeout;
        this.work = work;
        this.ticker = ticker;
    }

    /** Sets the listener that is notified when a fetch ends whose generator no longer waits. */
    void onEnd(Consumer<ObjectKey> newListener) {
        this.listener = newListener;
    }

    /**
     * Starts the fetch, or joins it, and waits for its end.
     *
     * @throws FetchPendingException if the fetch has not ended within {@code patience}
     * @throws IOException the failure of the fetch
     */
    void await(ObjectKey generator, SourceRequest request, Duration patience) throws IOException, InterruptedException {
        SourceFetch fetch = join(generator, request);
        boolean over = false;
        try {
            over = fetch.ended().await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            over = over || isOver(generator, fetch);
        }
        if (!over) {
            throw new FetchPendingException("the source is being fetched");
        }
        IOException failure = fetch.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private SourceFetch join(ObjectKey generator, SourceRequest request) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the source cache is closed: the service is stopping");
            }
            SourceFetch fetch = fetches.get(request.key());
            if (fetch == null) {
                fetch = new SourceFetch(request, generator);
            }
            if (fetch.isOpen() && !queue.offer(generator.namespace(), fetch)) {
                throw new FetchPendingException("too many sources of the namespace are waiting to be fetched");
            }
            fetches.put(request.key(), fetch);
            fetch.wantedBy(generator, ticker.nanos());
            dispatch();
            return fetch;
        } finally {
            lock.unlock();
        }
    }

    /** Checks once more under the lock; a generator that leaves now is notified. */
    private boolean isOver(ObjectKey generator, SourceFetch fetch) {
        lock.lock();
        try {
            fetch.leftBy(generator, ticker.nanos());
            return fetch.ended().getCount() == 0;
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        for (FetchQueue.Next next = queue.next(); next != null; next = queue.next()) {
            FetchQueue.Next started = next;
            next.fetch().start(ticker.nanos());
            threads.execute(() -> run(started));
        }
    }

    private void run(FetchQueue.Next next) {
        SourceFetch fetch = next.fetch();
        IOException failure = null;
        begin(fetch);
        MDC.setContextMap(fetch.logFields());
        try {
            work.run(fetch);
        } catch (IOException e) {
            failure = fetch.isCancelled() ? tookTooLong(e) : e;
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("source fetch panicked");
            failure = new IOException("internal error; see the controller log");
        } finally {
            end(next, failure);
            MDC.clear();
        }
    }

    /** The only cancellation with a waiting caller is the timeout. */
    private IOException tookTooLong(IOException cause) {
        return new IOException(
                "its artifact was not fetched within %s; raise --reconciliation-timeout if it needs more"
                        .formatted(GoDuration.format(timeout)),
                cause);
    }

    private void begin(SourceFetch fetch) {
        lock.lock();
        try {
            fetch.runBy(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("ThreadInterrupted") // the interrupt must not reach the next fetch
    private void end(FetchQueue.Next next, @Nullable IOException failure) {
        SourceFetch fetch = next.fetch();
        List<ObjectKey> listeners;
        lock.lock();
        try {
            fetch.detachThread();
            Thread.interrupted();
            if (failure != null) {
                fetch.fail(failure);
            }
            fetches.remove(fetch.request().key(), fetch);
            queue.ended(next.namespace());
            listeners = fetch.absent();
            fetch.ended().countDown();
            dispatch();
        } finally {
            lock.unlock();
        }
        listeners.forEach(listener);
    }

    /** Cancels unwanted and overdue fetches; call periodically. */
    void sweep() {
        lock.lock();
        try {
            long now = ticker.nanos();
            for (SourceFetch fetch : new ArrayList<>(fetches.values())) {
                if (fetch.isUnwanted(now, UNWANTED.toNanos())) {
                    abandon(fetch);
                } else if (fetch.hasRunFor(now, timeout.toNanos())) {
                    fetch.cancel();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void abandon(SourceFetch fetch) {
        fetches.remove(fetch.request().key(), fetch);
        fetch.cancel();
    }

    /** Number of fetches that are running or waiting for a thread. */
    int size() {
        lock.lock();
        try {
            return fetches.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            fetches.values().forEach(SourceFetch::cancel);
        } finally {
            lock.unlock();
        }
        threads.shutdown();
    }
}
