package dev.sluice.server.tomcat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that handle requests: few while requests are answered at once, which is most of the time and saves a
 * switch between threads for each of them; more when all are held up, by a slow volume or by clients that do not read.
 */
final class RequestThreads implements Executor, AutoCloseable {

    private static final int PERIOD_MILLIS = 50;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final String name;
    private final int few;
    private final int most;

    /** Bounded by the number of connections, each of which waits at most once. */
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();

    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService watch;
    private final Future<?> adapting;
    private @Nullable Runnable firstInLine;

    /** Starts {@code few} threads and watches whether they need company. */
    RequestThreads(String name, int few, int most) {
        this(name, few, most, IDLE);
    }

    RequestThreads(String name, int few, int most, Duration idle) {
        this.name = name;
        this.few = few;
        this.most = most;
        threads = new ThreadPoolExecutor(few, most, idle.toMillis(), TimeUnit.MILLISECONDS, waiting, named("exec"));
        threads.prestartAllCoreThreads();
        watch = new ScheduledThreadPoolExecutor(1, named("exec-watch"));
        adapting =
                watch.scheduleWithFixedDelay(this::keepAdapting, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private ThreadFactory named(String role) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + role + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    private void keepAdapting() {
        try {
            adapt();
        } catch (RuntimeException | Error e) {
            // no more threads can be had, so those that there are have to do; thrown on, it would end this for good
            threads.setCorePoolSize(Math.max(few, Math.min(most, threads.getPoolSize())));
        }
    }

    /** The same task first in line for a whole period: no thread has come free, so all of them are held up. */
    private void adapt() {
        Runnable first = waiting.peek();
        int core = threads.getCorePoolSize();
        if (first != null && first == firstInLine && core < most) {
            threads.setCorePoolSize(Math.min(most, core * 2));
        } else if (first == null && core > few) {
            threads.setCorePoolSize(core - 1);
        }
        firstInLine = first;
    }

    int count() {
        return threads.getPoolSize();
    }

    @Override
    public void close() {
        adapting.cancel(true);
        watch.shutdownNow();
        // no interruption: it closes the file that a thread reads, and so waits for a volume that hangs
        threads.shutdown();
    }
}
