package dev.sluice.launcher.source;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a directory at startup and on every change. It polls the file metadata a few times a second, which works on
 * every file system.
 */
final class SourceWatcher implements Runnable {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final Duration SETTLE = Duration.ofMillis(30);
    private static final int SETTLE_TRIES = 20;

    private final LocalSource source;
    private final SourcePublisher publisher;
    private final ReconcileRequests requests;
    private final SourceEvents events;
    private final CountDownLatch stopped;
    private @Nullable DirectorySnapshot published;

    /** The last reported problem; empty if there is none. */
    private String problem = "";

    SourceWatcher(
            LocalSource source,
            SourcePublisher publisher,
            ReconcileRequests requests,
            SourceEvents events,
            CountDownLatch stopped) {
        this.source = source;
        this.publisher = publisher;
        this.requests = requests;
        this.events = events;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        try {
            while (stopped.getCount() > 0) {
                Instant started = Instant.now();
                String request = requests.pending(source);
                try {
                    publishIfNeeded(request, started);
                } catch (IOException e) {
                    report(e, request);
                }
                requests.answered(source, request);
                pause(Duration.between(started, Instant.now()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publishIfNeeded(String request, Instant noticed) throws IOException, InterruptedException {
        DirectorySnapshot now = DirectorySnapshot.take(source.directory());
        if (Objects.equals(now, published) && problem.isEmpty() && request.isEmpty()) {
            return;
        }
        if (published != null) {
            now = settled(now);
        }
        SourcePublisher.Publication publication = publisher.publish(request);
        published = now;
        if (publication.isNew()) {
            Duration took = Duration.between(noticed, Instant.now());
            events.published(source, publication.artifact(), publication.files(), took);
        } else if (!problem.isEmpty()) {
            events.recovered(source);
        }
        problem = "";
    }

    /** Waits briefly until two snapshots are equal: a checkout or a save of many files counts as one change. */
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

    /** Reports a problem once, in the status and on the terminal, and acknowledges every request. */
    private void report(IOException failure, String request) throws InterruptedException {
        SourceProblem found = SourceProblem.of(source, failure);
        if (found.message().equals(problem) && request.isEmpty()) {
            return;
        }
        String reported = found.message();
        try {
            reported = publisher.fail(found, request).message();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if (!found.message().equals(problem)) {
            problem = found.message();
            events.failed(source, reported);
        }
    }

    /** Pauses longer for directories that take longer to scan, so that scanning uses little of the time. */
    private void pause(Duration scan) throws InterruptedException {
        Duration pause = scan.multipliedBy(4);
        sleep(
                pause.compareTo(SHORTEST_PAUSE) < 0
                        ? SHORTEST_PAUSE
                        : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private void sleep(Duration duration) throws InterruptedException {
        stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
