package dev.sluice.reconciler.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fetches that wait for a thread: namespaces in turn, none with more than half of the threads that the others leave, so
 * that a few namespaces whose sources hang leave some for the next one. A fetch that several namespaces want waits in the
 * queues of all. Not thread-safe.
 */
final class FetchQueue {

    private final int threads;
    private final int maxWaiting;
    private final Map<String, Deque<SourceFetch>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int runningInAll;

    /** @param maxWaiting fetches that may wait in the queue of one namespace */
    FetchQueue(int threads, int maxWaiting) {
        this.threads = threads;
        this.maxWaiting = maxWaiting;
    }

    /** Whether there was room. */
    boolean offer(String namespace, SourceFetch fetch) {
        Deque<SourceFetch> queue = waiting.computeIfAbsent(namespace, added -> new ArrayDeque<>());
        return queue.contains(fetch) || (queue.size() < maxWaiting && queue.add(fetch));
    }

    /** A fetch to run now, and the namespace to whose share it counts; null when there is none, or no thread. */
    @Nullable
    Next next() {
        if (runningInAll >= threads) {
            return null;
        }
        for (Iterator<Map.Entry<String, Deque<SourceFetch>>> all =
                        waiting.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, Deque<SourceFetch>> entry = all.next();
            String namespace = entry.getKey();
            if (!hasShare(namespace)) {
                continue;
            }
            SourceFetch fetch = firstOpen(entry.getValue());
            all.remove();
            if (fetch != null) {
                requeue(namespace, entry.getValue());
                running.merge(namespace, 1, Integer::sum);
                runningInAll++;
                return new Next(namespace, fetch);
            }
        }
        return null;
    }

    private boolean hasShare(String namespace) {
        int own = running.getOrDefault(namespace, 0);
        int leftByOthers = threads - runningInAll + own;
        return own < Math.max(1, leftByOthers / 2);
    }

    /** The others go first next time. */
    private void requeue(String namespace, Deque<SourceFetch> queue) {
        if (!queue.isEmpty()) {
            waiting.put(namespace, queue);
        }
    }

    private static @Nullable SourceFetch firstOpen(Deque<SourceFetch> queue) {
        while (true) {
            SourceFetch fetch = queue.poll();
            if (fetch == null || fetch.isOpen()) {
                return fetch;
            }
        }
    }

    void ended(String namespace) {
        runningInAll--;
        running.merge(namespace, -1, Integer::sum);
        running.remove(namespace, 0);
    }

    record Next(String namespace, SourceFetch fetch) {}
}
