package dev.sluice.artifact.archive;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The compression threads shared by all archives of this process: one per processor, terminated when idle. When the
 * queue is full, the submitting thread runs the task itself.
 */
final class CompressionThreads {

    private static final int SIZE = Runtime.getRuntime().availableProcessors();
    private static final int QUEUED_PER_THREAD = 4;
    private static final long IDLE_SECONDS = 30;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ThreadPoolExecutor POOL = pool();

    private CompressionThreads() {}

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                SIZE,
                SIZE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUED_PER_THREAD * SIZE),
                CompressionThreads::thread,
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread thread(Runnable work) {
        Thread thread = DaemonThreads.create("archive-compression-" + NUMBER.incrementAndGet(), work);
        // a shared thread must not retain the class loader of the first caller
        thread.setContextClassLoader(null);
        return thread;
    }

    static void run(Runnable work) {
        POOL.execute(work);
    }
}
