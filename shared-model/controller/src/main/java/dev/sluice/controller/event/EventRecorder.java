package dev.sluice.controller.event;

import io.kubernetes.client.common.KubernetesObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records events asynchronously; never blocks the caller and never throws. Each sink has its own thread and its own
 * bounded queue, so a sink that hangs does not delay the others. Events that do not fit are dropped and counted.
 *
 * <p>Thread-safe.
 */
public final class EventRecorder implements AutoCloseable {

    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final List<EventSinkWorker> workers;

    /**
     * Creates a recorder and starts it.
     *
     * @param capacity queue length per sink, in events
     * @param clock clock for the times of events
     */
    public EventRecorder(List<? extends EventSink> sinks, int capacity, InstantSource clock) {
        this.clock = clock;
        this.workers =
                sinks.stream().map(sink -> new EventSinkWorker(sink, capacity)).toList();
        workers.forEach(EventSinkWorker::start);
    }

    /** Records an event about the outcome of a run; does not block. */
    public void record(KubernetesObject object, EventType type, String reason, String message) {
        record(object, type, ObjectEvent.RECONCILE, reason, message, Map.of());
    }

    /**
     * Records an event about an object; does not block.
     *
     * @param action the stage of the run that the event is about, such as {@code Reconcile}, {@code Build} or {@code
     *     Publish}; only the notification-controller gets it
     * @param annotations metadata for the notification-controller, such as the revision. The object's own annotations
     *     {@code event.toolkit.fluxcd.io/*} are added and take precedence
     */
    public void record(
            KubernetesObject object,
            EventType type,
            String action,
            String reason,
            String message,
            Map<String, String> annotations) {
        ObjectEvent event = ObjectEvent.about(object, type, action, reason, message, clock.instant(), annotations);
        workers.forEach(worker -> worker.offer(event));
    }

    /**
     * Returns the number of events that were not delivered to a sink because its queue was full or because it failed.
     */
    public long dropped() {
        return workers.stream().mapToLong(EventSinkWorker::dropped).sum();
    }

    /**
     * Returns {@link #dropped} by the name of the sink, including sinks with zero; sinks of the same name are added up.
     */
    public Map<String, Long> droppedBySink() {
        Map<String, Long> dropped = new TreeMap<>();
        workers.forEach(worker -> dropped.merge(worker.name(), worker.dropped(), Long::sum));
        return dropped;
    }

    /** Delivers the queued events for at most one second, then stops. */
    @Override
    public void close() {
        long end = System.nanoTime() + LAST_WAIT.toNanos();
        workers.forEach(worker -> worker.close(end));
    }
}
