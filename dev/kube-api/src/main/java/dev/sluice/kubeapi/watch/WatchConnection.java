package dev.sluice.kubeapi.watch;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The connection of a watch, which has no thread of its own. A signal starts a write; it writes as much as the socket
 * accepts and continues when the socket accepts more.
 */
final class WatchConnection implements WriteListener, AsyncListener {

    private static final Duration LAST_BOOKMARK_LEAD = Duration.ofSeconds(2);

    private final WatchFeed feed;
    private final String path;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Executor executor;
    private final Consumer<WatchConnection> onClose;
    private final long deadlineNanos;
    private final long lastBookmarkNanos;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Whether the container has allowed the first write. */
    private volatile boolean writable;

    private volatile boolean frozen;
    private volatile boolean endRequested;
    private volatile boolean endWhenQuiet;
    private volatile boolean bookmarkRequested;
    private volatile boolean lastBookmarkSent;
    private boolean unflushed;

    WatchConnection(
            WatchFeed feed,
            String path,
            AsyncContext async,
            Executor executor,
            Consumer<WatchConnection> onClose,
            Duration duration)
            throws IOException {
        this.feed = feed;
        this.path = path;
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.executor = executor;
        this.onClose = onClose;
        long now = System.nanoTime();
        deadlineNanos = now + duration.toNanos();
        lastBookmarkNanos = deadlineNanos - LAST_BOOKMARK_LEAD.toNanos();
        lastBookmarkSent = lastBookmarkNanos - now <= 0;
    }

    void start() {
        async.setTimeout(0);
        async.addListener(this);
        out.setWriteListener(this);
    }

    String path() {
        return path;
    }

    /** Signals that there may be data to write. Cheap, never blocks. */
    void signal() {
        if (!writable || closed.get() || !scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            close(); // the API is shutting down
        }
    }

    /** Called periodically. A last bookmark lets the client's next watch start here. */
    void endWhenDue() {
        long now = System.nanoTime();
        if (now - deadlineNanos >= 0) {
            end();
        } else if (!lastBookmarkSent && now - lastBookmarkNanos >= 0) {
            lastBookmarkSent = true;
            bookmark();
        }
    }

    void bookmark() {
        bookmarkRequested = true;
        signal();
    }

    /** Ends the stream after the written data, like a watch timeout of the server. */
    void end() {
        endRequested = true;
        signal();
    }

    /** Ends the stream after all changes so far. */
    void endAfterLastChange() {
        endWhenQuiet = true;
        signal();
    }

    /** Stops or resumes all writes; the connection stays open. */
    void freeze(boolean freeze) {
        frozen = freeze;
        signal();
    }

    private synchronized void drain() {
        scheduled.set(false);
        if (closed.get() || frozen) {
            return;
        }
        try {
            while (out.isReady()) {
                byte[] chunk = endRequested || feed.ended() ? new byte[0] : next();
                if (chunk.length > 0) {
                    out.write(chunk);
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    closeWhenEnded();
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            close(); // the client has disconnected
        }
    }

    private byte[] next() {
        if (bookmarkRequested) {
            bookmarkRequested = false;
            feed.bookmarkSoon();
        }
        return feed.next();
    }

    private void closeWhenEnded() {
        if (endRequested || endWhenQuiet || feed.ended()) {
            close();
        }
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        onClose.accept(this);
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // already completed by the container
        }
    }

    @Override
    public void onWritePossible() {
        writable = true;
        signal();
    }

    @Override
    public void onError(Throwable failed) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
