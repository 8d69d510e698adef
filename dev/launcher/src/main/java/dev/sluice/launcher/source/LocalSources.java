package dev.sluice.launcher.source;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.launcher.cluster.ApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Watches and publishes local directories, each on its own thread, until closed. */
public final class LocalSources implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private LocalSources() {}

    /**
     * Starts watching. Each source is published immediately.
     *
     * @param scratch an existing directory for temporary files
     * @param requests pending reconcile requests
     */
    public static LocalSources start(
            List<LocalSource> sources,
            ArtifactStorage storage,
            Path scratch,
            ApiServer api,
            ReconcileRequests requests,
            SourceEvents events) {
        LocalSources started = new LocalSources();
        LocalArchive archive = new LocalArchive(storage, scratch);
        for (LocalSource source : sources) {
            SourcePublisher publisher = new SourcePublisher(source, storage, archive, api);
            SourceWatcher watcher = new SourceWatcher(source, publisher, requests, events, started.stopped);
            Thread thread = DaemonThreads.create("source-" + source.name(), watcher);
            thread.start();
            started.threads.add(thread);
        }
        return started;
    }

    @Override
    public void close() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(STOP_LIMIT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
