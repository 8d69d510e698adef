package dev.sluice.controller.event;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.concurrent.Outage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The queue and the thread of one sink. Logs the start and the end of an outage once each. */
final class EventSinkWorker {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final EventSink sink;
    private final EventBacklog waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;
    private final Outage outage = new Outage();

    EventSinkWorker(EventSink sink, int capacity) {
        this.sink = sink;
        this.waiting = new EventBacklog(capacity);
        this.thread = DaemonThreads.create("events-" + sink.name(), this::run);
    }

    void start() {
        thread.start();
    }

    void offer(ObjectEvent event) {
        if (sink.accepts(event)) {
            dropped.addAndGet(closing ? 1 : waiting.offer(new EventBacklog.Waiting(event, MDC.getCopyOfContextMap())));
        }
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
                waiting.poll(POLL.toMillis()).ifPresent(this::sendInContext);
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("sink", sink.name()).log("event queue stopped with undelivered events");
        }
    }

    private void sendInContext(EventBacklog.Waiting next) {
        if (next.context() != null) {
            MDC.setContextMap(next.context());
        }
        try {
            send(next.event());
        } finally {
            MDC.clear();
        }
    }

    private void send(ObjectEvent event) {
        try {
            sink.send(event);
            if (outage.ends()) {
                LOG.atInfo().addKeyValue("sink", sink.name()).log("event delivery recovered");
            }
        } catch (EventWithheldException e) {
            dropped.incrementAndGet();
            LOG.atDebug().addKeyValue("sink", sink.name()).setCause(e).log("event withheld");
        } catch (IOException | RuntimeException e) {
            dropped.incrementAndGet();
            (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                    .addKeyValue("sink", sink.name())
                    .setCause(e)
                    .log("event not delivered");
        }
    }
}
