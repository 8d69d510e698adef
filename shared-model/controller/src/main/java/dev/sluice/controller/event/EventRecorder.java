package dev.sluice.controller.event;

import io.kubernetes.client.common.KubernetesObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records events without ever holding up or failing whoever reports them. Each sink has its own thread and its own
 * bounded queue, so that a sink that hangs keeps none of the others waiting; what does not fit is dropped and counted.
 *
 * <p>Thread-safe.
 */
public final class EventRecorder implements AutoCloseable {

    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final List<EventSinkWorker> lanes;

    /**
     * A recorder, at work at once.
     *
     * @param capacity how many events may wait for each sink
     * @param clock of the events' times
     */
    public EventRecorder(List<? extends EventSink> sinks, int capacity, InstantSource clock) {
        this.clock = clock;
        this.lanes =
                sinks.stream().map(sink -> new EventSinkWorker(sink, capacity)).toList();
        lanes.forEach(EventSinkWorker::start);
    }

    /** Records an event about an object; returns at once. */
    public void record(KubernetesObject object, EventType type, String reason, String message) {
        record(object, type, reason, message, Map.of());
    }

    /**
     * Records an event about an object; returns at once.
     *
     * @param annotations facts for the notification-controller, such as the revision; the object's own annotations
     *     {@code event.toolkit.fluxcd.io/*} are added and win
     */
    public void record(
            KubernetesObject object, EventType type, String reason, String message, Map<String, String> annotations) {
        ObjectEvent event = ObjectEvent.about(object, type, reason, message, clock.instant(), annotations);
        lanes.forEach(lane -> lane.offer(event));
    }

    /** How many events were not delivered to some sink, for want of room or because the sink failed. */
    public long dropped() {
        return lanes.stream().mapToLong(EventSinkWorker::dropped).sum();
    }

    /** The same by the name of the sink, with every sink in it; sinks of one name are added up. */
    public Map<String, Long> droppedBySink() {
        Map<String, Long> dropped = new TreeMap<>();
        lanes.forEach(lane -> dropped.merge(lane.name(), lane.dropped(), Long::sum));
        return dropped;
    }

    /** Delivers what waits, for a second at most, then ends. */
    @Override
    public void close() {
        long end = System.nanoTime() + LAST_WAIT.toNanos();
        lanes.forEach(lane -> lane.close(end));
    }
}
