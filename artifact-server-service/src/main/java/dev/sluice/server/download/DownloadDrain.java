package dev.sluice.server.download;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Waits at shutdown for the downloads that go on after their handler has returned: Spring's own waiting does not see
 * them. Stops after the connector was paused and before it is closed; Spring bounds the wait.
 */
@Component
final class DownloadDrain implements SmartLifecycle {

    private static final Duration POLL = Duration.ofMillis(20);

    private final Downloads downloads;
    private volatile boolean running;

    DownloadDrain(Downloads downloads) {
        this.downloads = downloads;
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
        Thread waiting = new Thread(() -> await(callback), "download-drain");
        waiting.setDaemon(true);
        waiting.start();
    }

    private void await(Runnable callback) {
        while (downloads.openCount() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        running = false;
        callback.run();
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
