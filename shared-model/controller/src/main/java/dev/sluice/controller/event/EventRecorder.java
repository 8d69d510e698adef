package dev.sluice.controller.event;

import io.kubernetes.client.common.KubernetesObject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records events without ever holding up or failing whoever reports them. Each sink has its own thread and its own
 * bounded queue, so that a sink that hangs keeps none of the others waiting; what does not fit is dropped and counted.
 *
 * <p>Thread-safe.
 */
public final class EventRecorder implements AutoCloseable {

    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final List<Lane> lanes;

    /**
     * A recorder, at work at once.
     *
     * @param capacity how many events may wait for each sink
     * @param clock of the events' times
     */
    public EventRecorder(List<? extends EventSink> sinks, int capacity, InstantSource clock) {
        this.clock = clock;
        this.lanes = sinks.stream().map(sink -> new Lane(sink, capacity)).toList();
        lanes.forEach(Lane::start);
    }

    /** Records an event about an object; returns at once. */
    public void record(KubernetesObject object, EventType type, String reason, String message) {
        record(object, type, reason, message, Map.of());
    }

    /**
     * Records an event about an object; returns at once.
     *
     * @param annotations facts for the notification-controller, such as the revision
     */
    public void record(
            KubernetesObject object, EventType type, String reason, String message, Map<String, String> annotations) {
        ObjectEvent event = ObjectEvent.about(object, type, reason, message, clock.instant(), annotations);
        lanes.forEach(lane -> lane.offer(event));
    }

    /** How many events were not delivered to some sink, for want of room or because the sink failed. */
    public long dropped() {
        return lanes.stream().mapToLong(lane -> lane.dropped.get()).sum();
    }

    /** Delivers what waits, for a second at most, then ends. */
    @Override
    public void close() {
        long end = System.nanoTime() + LAST_WAIT.toNanos();
        lanes.forEach(lane -> lane.close(end));
    }

    /** The way to one sink. */
    private static final class Lane {

        private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
        private static final Duration POLL = Duration.ofMillis(200);

        private final EventSink sink;
        private final BlockingQueue<ObjectEvent> waiting;
        private final AtomicLong dropped = new AtomicLong();
        private final Thread thread;
        private volatile boolean closing;

        Lane(EventSink sink, int capacity) {
            this.sink = sink;
            this.waiting = new ArrayBlockingQueue<>(capacity);
            this.thread = new Thread(this::run, "events-" + sink.getClass().getSimpleName());
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        void offer(ObjectEvent event) {
            if (closing || !waiting.offer(event)) {
                dropped.incrementAndGet();
            }
        }

        void close(long endNanos) {
            closing = true;
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, endNanos - System.nanoTime()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }

        private void run() {
            try {
                while (!closing || !waiting.isEmpty()) {
                    ObjectEvent event = waiting.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                    if (event != null) {
                        send(event);
                    }
                }
            } catch (InterruptedException e) {
                LOG.atDebug().log("Events end while some wait");
            }
        }

        private void send(ObjectEvent event) {
            try {
                sink.send(event);
            } catch (IOException | RuntimeException e) {
                dropped.incrementAndGet();
                LOG.atDebug().addKeyValue("error", e.toString()).log("Event not delivered");
            }
        }
    }
}
