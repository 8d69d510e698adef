package dev.sluice.controller.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The events that wait for one sink: bounded in number and in size. One namespace has half at most, its trace events a
 * quarter, and all trace events half, so that no flood takes the room of warnings. Thread-safe.
 */
final class WaitingEvents {

    /** In characters; the owner of an object decides how large the annotations of its events are. */
    static final int MAX_SIZE = 8 << 20;

    private final int capacity;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Map<String, Use> byNamespace = new HashMap<>();
    private Use all = Use.NONE;

    /** An event, and the log fields of the run that reported it. */
    record Waiting(ObjectEvent event, int size, @Nullable Map<String, String> context) {

        String namespace() {
            return Objects.requireNonNullElse(event.object().getNamespace(), "");
        }
    }

    private record Use(int count, long size) {

        static final Use NONE = new Use(0, 0);

        Use plus(int events, long characters) {
            return new Use(count + events, size + characters);
        }
    }

    WaitingEvents(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an event with the caller's log fields; false, and nothing happens, when there is no room for it. */
    synchronized boolean offer(ObjectEvent event) {
        Waiting waiting = new Waiting(event, sizeOf(event), MDC.getCopyOfContextMap());
        Use allThen = all.plus(1, waiting.size());
        Use ownThen = byNamespace.getOrDefault(waiting.namespace(), Use.NONE).plus(1, waiting.size());
        boolean fits = event.type() == EventType.TRACE
                ? isWithin(2, allThen) && isWithin(4, ownThen)
                : isWithin(1, allThen) && isWithin(2, ownThen);
        if (!fits) {
            return false;
        }
        all = allThen;
        byNamespace.put(waiting.namespace(), ownThen);
        return queue.add(waiting);
    }

    /** Whether it is a half, a quarter of the room at most; a part of few events is rounded up. */
    private boolean isWithin(int divisor, Use use) {
        return use.count() <= (capacity + divisor - 1) / divisor && use.size() <= MAX_SIZE / divisor;
    }

    /** The next event, which no longer takes room; null after the time. */
    @Nullable
    Waiting poll(long timeout, TimeUnit unit) throws InterruptedException {
        Waiting next = queue.poll(timeout, unit);
        if (next != null) {
            forget(next);
        }
        return next;
    }

    private synchronized void forget(Waiting gone) {
        all = all.plus(-1, -gone.size());
        byNamespace.computeIfPresent(
                gone.namespace(), (namespace, use) -> use.count() == 1 ? null : use.plus(-1, -gone.size()));
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    private static int sizeOf(ObjectEvent event) {
        long size = (long) event.message().length() + event.reason().length();
        for (Map.Entry<String, String> annotation : event.annotations().entrySet()) {
            size += (long) annotation.getKey().length() + annotation.getValue().length();
        }
        return (int) Math.min(size, MAX_SIZE);
    }
}
