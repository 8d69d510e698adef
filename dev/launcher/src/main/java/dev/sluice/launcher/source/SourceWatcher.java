package dev.sluice.launcher.source;

import dev.sluice.artifact.storage.Artifact;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one directory now and whenever it changes. It looks at the files' stamps a few times a second: that finds
 * every change on every file system.
 */
final class SourceWatcher implements Runnable {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final Duration SETTLE = Duration.ofMillis(30);
    private static final int SETTLE_TRIES = 20;

    private final LocalSource source;
    private final SourcePublisher publisher;
    private final SourceEvents events;
    private final CountDownLatch stopped;

    SourceWatcher(LocalSource source, SourcePublisher publisher, SourceEvents events, CountDownLatch stopped) {
        this.source = source;
        this.publisher = publisher;
        this.events = events;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        DirectorySnapshot published = null;
        String problem = "";
        try {
            while (stopped.getCount() > 0) {
                Instant started = Instant.now();
                try {
                    published = publishIfChanged(published, started);
                    problem = "";
                } catch (IOException e) {
                    problem = reportOnce(problem, String.valueOf(e.getMessage()));
                }
                pause(Duration.between(started, Instant.now()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable DirectorySnapshot publishIfChanged(@Nullable DirectorySnapshot published, Instant noticed)
            throws IOException, InterruptedException {
        DirectorySnapshot now = DirectorySnapshot.take(source.directory());
        if (published != null && now.equals(published)) {
            return published;
        }
        if (published != null) {
            now = settled(now);
        }
        SourcePublisher.Publication publication = publisher.publish(source);
        Artifact artifact = publication.artifact();
        if (publication.isNew()) {
            events.published(source, artifact, publication.files(), Duration.between(noticed, Instant.now()));
        }
        return now;
    }

    /** A checkout or a save of many files is one change: wait, not for long, until two looks are the same. */
    private DirectorySnapshot settled(DirectorySnapshot first) throws IOException, InterruptedException {
        DirectorySnapshot before = first;
        for (int i = 0; i < SETTLE_TRIES; i++) {
            sleep(SETTLE);
            DirectorySnapshot now = DirectorySnapshot.take(source.directory());
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
        return before;
    }

    private String reportOnce(String before, String problem) {
        if (!problem.equals(before)) {
            events.failed(source, problem);
        }
        return problem;
    }

    /** Longer for a directory that takes longer to look at, so that looking stays a small part of the time. */
    private void pause(Duration looked) throws InterruptedException {
        Duration pause = looked.multipliedBy(4);
        sleep(
                pause.compareTo(SHORTEST_PAUSE) < 0
                        ? SHORTEST_PAUSE
                        : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private void sleep(Duration duration) throws InterruptedException {
        stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
