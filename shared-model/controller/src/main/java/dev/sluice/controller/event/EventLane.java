package dev.sluice.controller.event;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The way to one sink: a bounded queue and a thread. Says once that a sink does not work, and once that it does again. */
final class EventLane {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final EventSink sink;
    private final BlockingQueue<Waiting> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;
    private boolean failing;

    /** An event, and the log fields of the run that reported it. */
    private record Waiting(ObjectEvent event, @Nullable Map<String, String> context) {}

    EventLane(EventSink sink, int capacity) {
        this.sink = sink;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::run, "events-" + sink.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void offer(ObjectEvent event) {
        if (!sink.accepts(event)) {
            return;
        }
        if (closing || !hasRoomFor(event) || !waiting.offer(new Waiting(event, MDC.getCopyOfContextMap()))) {
            dropped.incrementAndGet();
        }
    }

    /** What only those want who look closely leaves half of the queue to results and warnings. */
    private boolean hasRoomFor(ObjectEvent event) {
        return event.type() != EventType.TRACE || waiting.remainingCapacity() >= waiting.size();
    }

    String name() {
        return sink.name();
    }

    long dropped() {
        return dropped.get();
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
                Waiting next = waiting.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    sendInContext(next);
                }
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("sink", sink.name()).log("Events end while some wait");
        }
    }

    private void sendInContext(Waiting next) {
        if (next.context != null) {
            MDC.setContextMap(next.context);
        }
        try {
            send(next.event);
        } finally {
            MDC.clear();
        }
    }

    private void send(ObjectEvent event) {
        try {
            sink.send(event);
            if (failing) {
                failing = false;
                LOG.atInfo().addKeyValue("sink", sink.name()).log("Events are delivered again");
            }
        } catch (EventWithheldException e) {
            dropped.incrementAndGet();
            LOG.atDebug().addKeyValue("sink", sink.name()).setCause(e).log("Event withheld");
        } catch (IOException | RuntimeException e) {
            dropped.incrementAndGet();
            (failing ? LOG.atDebug() : LOG.atWarn())
                    .addKeyValue("sink", sink.name())
                    .setCause(e)
                    .log("Event not delivered");
            failing = true;
        }
    }
}
