package dev.sluice.controller.source;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a {@link ProbeServer}. Clients that send half a request, or do not read the response, hold a thread only
 * for a short time; the limits of the JDK's server apply to all servers of a process and suit downloads. If too many
 * connections wait, the server closes further ones.
 */
final class ProbeThreads implements Executor, AutoCloseable {

    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration RESPONSE = Duration.ofSeconds(30);
    private static final ThreadLocal<Limit> CURRENT = new ThreadLocal<>();

    private final Duration headLimit;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            DaemonThreads.numbered("probes"));
    private final ScheduledThreadPoolExecutor limits =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("probe-limits"));

    ProbeThreads(Duration headLimit) {
        this.headLimit = headLimit;
        threads.allowCoreThreadTimeOut(true);
        limits.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable exchange) {
        threads.execute(() -> run(exchange));
    }

    private void run(Runnable exchange) {
        Limit limit = new Limit();
        CURRENT.set(limit);
        limit.set(headLimit);
        try {
            exchange.run();
        } finally {
            limit.end();
            CURRENT.remove();
        }
    }

    /** Called when the head of the request was read. */
    void respond() {
        Objects.requireNonNull(CURRENT.get()).set(RESPONSE);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        limits.shutdownNow();
    }

    /** Interrupts the thread of an exchange, which closes its connection. */
    private final class Limit {

        private final Thread thread = Thread.currentThread();
        private int stage;
        private @Nullable Future<?> pending;

        synchronized void set(Duration limit) {
            end();
            int own = stage;
            pending = limits.schedule(() -> expire(own), limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void expire(int expected) {
            if (stage == expected) {
                thread.interrupt();
            }
        }

        @SuppressWarnings("ThreadInterrupted") // the flag would fail the next exchange of the thread
        synchronized void end() {
            stage++;
            if (pending != null) {
                pending.cancel(false);
            }
            boolean unused = Thread.interrupted();
        }
    }
}
