package dev.sluice.server.tomcat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends of files by worker threads. Their number is limited, so that a volume that hangs leaves workers for requests that
 * do not need it; the others wait for their turn. Thread-safe.
 */
final class WorkerSends {

    private final IntSupplier workers;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** @param workers number of worker threads, of which sends use two fifths */
    WorkerSends(IntSupplier workers) {
        this.workers = workers;
    }

    /**
     * Sends now or in its turn.
     *
     * @throws RejectedExecutionException if the executor takes no task
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
            // the server stops and closes the connection
        }
    }

    private synchronized void ended() {
        running--;
    }
}
