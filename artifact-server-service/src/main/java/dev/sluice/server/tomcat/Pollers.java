package dev.sluice.server.tomcat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One poller for each processor, and the watch over them: the connections of one that is held up get another thread. */
final class Pollers {

    private static final Logger log = LoggerFactory.getLogger(Pollers.class);

    /** With what a turn takes to count as held up, connections stand still for up to 150 ms. */
    private static final int PERIOD_MILLIS = 50;

    private final List<OpenFilePoller> all = new ArrayList<>();
    private final ScheduledExecutorService watch;
    private @Nullable Future<?> watching;
    private int given;

    /** Of the thread that watches. */
    private boolean failed;

    /** Lets at most so many threads be held up. */
    Pollers(OpenFileEndpoint endpoint, int mostHeldUp) throws IOException {
        for (int i = 1; i <= Runtime.getRuntime().availableProcessors(); i++) {
            all.add(new OpenFilePoller(endpoint, i, mostHeldUp));
        }
        watch = new ScheduledThreadPoolExecutor(1, task -> daemon(task, endpoint.getName() + "-Poller-watch"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        all.forEach(OpenFilePoller::start);
        watching =
                watch.scheduleWithFixedDelay(this::lookAfterAll, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAfterAll() {
        try {
            all.forEach(OpenFilePoller::relieveIfHeldUp);
            failed = false;
        } catch (RuntimeException | Error e) {
            // thrown on, it would end the watch for good; the next round tries again
            tellOnce(e);
        }
    }

    private void tellOnce(Throwable failure) {
        if (failed) {
            return;
        }
        failed = true;
        try {
            log.error("no thread can take the place of one that is held up, tries again", failure);
        } catch (VirtualMachineError e) {
            // there is no memory for that either
        }
    }

    /** They take turns. Asked by the one thread that accepts connections. */
    OpenFilePoller next() {
        return all.get(Math.floorMod(given++, all.size()));
    }

    void end() {
        if (watching != null) {
            watching.cancel(true);
        }
        watch.shutdownNow();
        all.forEach(OpenFilePoller::end);
    }
}
