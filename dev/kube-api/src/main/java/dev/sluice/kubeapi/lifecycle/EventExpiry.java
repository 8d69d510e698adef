package dev.sluice.kubeapi.lifecycle;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.io.Closeable;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes events one hour after their last occurrence, like a cluster. */
public final class EventExpiry implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(EventExpiry.class);
    private static final String EVENTS = "events";
    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private final Store store;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kube-api-event-expiry");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> runs;

    public EventExpiry(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.runs = timer.scheduleAtFixedRate(this::run, 1, 1, TimeUnit.MINUTES);
    }

    private void run() {
        try {
            Instant oldest = clock.instant().minus(TIME_TO_LIVE);
            for (StoredObject event : store.list(EVENTS, "").objects()) {
                if (lastSeen(event).isBefore(oldest)) {
                    store.delete(EVENTS, event);
                }
            }
        } catch (RuntimeException e) {
            // an exception would stop the timer
            LOG.warn("cannot remove expired events; retrying in a minute", e);
        }
    }

    private static Instant lastSeen(StoredObject event) {
        return Stream.of(
                        Json.stringAt(event.tree(), "lastTimestamp"),
                        Json.stringAt(Json.objectAt(event.tree(), "series"), "lastObservedTime"),
                        Json.stringAt(event.meta().node(), "creationTimestamp"))
                .map(EventExpiry::instant)
                .max(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static Instant instant(String text) {
        try {
            return text.isEmpty() ? Instant.MIN : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    @Override
    public void close() {
        runs.cancel(false);
        timer.shutdownNow();
    }
}
