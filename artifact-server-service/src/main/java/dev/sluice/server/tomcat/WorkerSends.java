package dev.sluice.server.tomcat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends files from worker threads. The number of concurrent sends is limited, so that workers remain for other requests
 * while the volume hangs; further sends are queued. Thread-safe.
 */
final class WorkerSends {

    private final IntSupplier workers;
    /** At most one for each connection, so the connection limit bounds it. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private int running;

    /** @param workers number of worker threads, of which sends use two fifths */
    WorkerSends(IntSupplier workers) {
        this.workers = workers;
    }

    /**
     * Starts the send, or queues it.
     *
     * @throws RejectedExecutionException if the executor rejects the task
     */
    void execute(Executor executor, Runnable send) {
        synchronized (this) {
            if (running >= Math.max(1, workers.getAsInt() * 2 / 5)) {
                waiting.add(send);
                return;
            }
            running++;
        }
        start(executor, send);
    }

    private void start(Executor executor, Runnable send) {
        boolean started = false;
        try {
            executor.execute(() -> run(executor, send));
            started = true;
        } finally {
            if (!started) {
                ended();
            }
        }
    }

    private void run(Executor executor, Runnable send) {
        try {
            send.run();
        } finally {
            Runnable next = next();
            if (next != null) {
                startNext(executor, next);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            running--;
        }
        return next;
    }

    private void startNext(Executor executor, Runnable next) {
        try {
            start(executor, next);
        } catch (RejectedExecutionException e) {
            // the server is stopping and closes the connection
        }
    }

    private synchronized void ended() {
        running--;
    }
}
