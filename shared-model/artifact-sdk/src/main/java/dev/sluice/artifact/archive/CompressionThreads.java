package dev.sluice.artifact.archive;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that all archives of this process share for compressing: one a processor, ended when idle. When all are
 * busy and the queue is full, whoever submits does the work.
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
        // the first caller's class loader must not be kept alive by a shared thread
        thread.setContextClassLoader(null);
        return thread;
    }

    static void run(Runnable work) {
        POOL.execute(work);
    }
}
