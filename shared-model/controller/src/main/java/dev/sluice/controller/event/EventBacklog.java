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
 * Events that wait for a sink, bounded in number and in bytes: whoever may make objects decides how long their events
 * are. What does not fit takes the place of the last event of a namespace that has more waiting than its own, if there is
 * one. Thread-safe.
 */
final class EventBacklog {

    static final long MAX_BYTES = 4 << 20;

    private final int capacity;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Map<String, Long> namespaces = new HashMap<>();
    private long bytes;

    /** An event, and the log fields of the run that reported it. */
    record Waiting(ObjectEvent event, @Nullable Map<String, String> context) {

        String namespace() {
            return String.valueOf(event.object().getNamespace());
        }
    }

    EventBacklog(int capacity) {
        this.capacity = capacity;
    }

    /** Adds the event if it can; the number of events that are dropped for it, or is one when it is dropped itself. */
    synchronized int offer(Waiting added) {
        // what only those want who look closely leaves half of the queue to results and warnings
        if (added.event().type() == EventType.TRACE && queue.size() > capacity / 2) {
            return 1;
        }
        int dropped = 0;
        while (queue.size() >= capacity || bytes + added.event().bytes() > MAX_BYTES) {
            Optional<Waiting> other = lastOfTheGreediest(added);
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

    private Optional<Waiting> lastOfTheGreediest(Waiting added) {
        long own =
                namespaces.getOrDefault(added.namespace(), 0L) + added.event().bytes();
        Optional<String> greediest = namespaces.entrySet().stream()
                .filter(namespace -> namespace.getValue() > own)
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(Map.Entry::getKey);
        if (greediest.isPresent()) {
            for (Iterator<Waiting> last = queue.descendingIterator(); last.hasNext(); ) {
                Waiting waiting = last.next();
                if (waiting.namespace().equals(greediest.get())) {
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

    /** Waits for the next event, for so long; empty when there is none. */
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
