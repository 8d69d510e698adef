package dev.sluice.server.download;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Waits at shutdown for downloads that continue after their handler has returned, which Spring's graceful shutdown does
 * not see. Stops after the connector is paused and before it is closed. Both waits together take at most the timeout of
 * one shutdown phase; otherwise the pod would be killed.
 */
@Component
final class DownloadDrain implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    private static final Duration POLL = Duration.ofMillis(20);

    private final Downloads downloads;
    private final Duration limit;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Long> startNanos = new AtomicReference<>();
    private volatile boolean running;

    @Autowired
    DownloadDrain(Downloads downloads, @Value("${spring.lifecycle.timeout-per-shutdown-phase}") Duration limit) {
        this(downloads, limit, System::nanoTime);
    }

    DownloadDrain(Downloads downloads, Duration limit, LongSupplier nanoTime) {
        this.downloads = downloads;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Starts the time limit: the shutdown starts with Spring's wait for the handlers. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        startNanos.compareAndSet(null, nanoTime.getAsLong());
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void stop(Runnable callback) {
        startNanos.compareAndSet(null, nanoTime.getAsLong());
        Thread waiting = DaemonThreads.create("download-drain", () -> await(callback));
        waiting.start();
    }

    private void await(Runnable callback) {
        while (downloads.openCount() > 0
                && !isTimedOut()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        running = false;
        callback.run();
    }

    private boolean isTimedOut() {
        Long start = startNanos.get();
        return start != null && nanoTime.getAsLong() - start >= limit.toNanos();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;
    }
}
