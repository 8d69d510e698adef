package dev.sluice.controller.event;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue of events for one sink, bounded in number and in bytes because object authors control the size of events.
 * When the queue is full, a new event replaces the last event of the namespace that uses the most space, if that is
 * more than its own namespace uses. Thread-safe.
 */
final class EventBacklog {

    static final long MAX_BYTES = 4 << 20;

    private final int capacity;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Map<String, Long> namespaces = new HashMap<>();
    private long bytes;

    /** An event, and the MDC of the run that reported it. */
    record Waiting(ObjectEvent event, @Nullable Map<String, String> context) {

        String namespace() {
            return String.valueOf(event.object().getNamespace());
        }
    }

    EventBacklog(int capacity) {
        this.capacity = capacity;
    }

    /** Adds the event if there is room for it. Returns the number of dropped events, this one included. */
    synchronized int offer(Waiting added) {
        // reserve half of the queue for results and warnings
        if (added.event().type() == EventType.TRACE && queue.size() > capacity / 2) {
            return 1;
        }
        int dropped = 0;
        while (queue.size() >= capacity || bytes + added.event().bytes() > MAX_BYTES) {
            Optional<Waiting> other = lastOfLargestNamespace(added);
            if (other.isEmpty()) {
                return dropped + 1;
            }
            queue.removeLastOccurrence(other.get());
            count(other.get(), -1);
            dropped++;
        }
        queue.add(added);
        count(added, 1);
        notifyAll();
        return dropped;
    }

    private Optional<Waiting> lastOfLargestNamespace(Waiting added) {
        long own =
                namespaces.getOrDefault(added.namespace(), 0L) + added.event().bytes();
        Optional<String> largest = namespaces.entrySet().stream()
                .filter(namespace -> namespace.getValue() > own)
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(Map.Entry::getKey);
        if (largest.isPresent()) {
            for (Iterator<Waiting> last = queue.descendingIterator(); last.hasNext(); ) {
                Waiting waiting = last.next();
                if (waiting.namespace().equals(largest.get())) {
                    return Optional.of(waiting);
                }
            }
        }
        return Optional.empty();
    }

    private void count(Waiting waiting, int sign) {
        long change = sign * waiting.event().bytes();
        bytes += change;
        namespaces.merge(waiting.namespace(), change, Long::sum);
        namespaces.remove(waiting.namespace(), 0L);
    }

    /** Waits for the next event; empty after the timeout. */
    synchronized Optional<Waiting> poll(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (queue.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        Waiting next = queue.remove();
        count(next, -1);
        return Optional.of(next);
    }

    synchronized boolean isEmpty() {
        return queue.isEmpty();
    }
}
