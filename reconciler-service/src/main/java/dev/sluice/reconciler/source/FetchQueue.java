package dev.sluice.reconciler.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fetches that wait for a thread. Namespaces take turns; none uses more than half of the threads that the others leave
 * free, so that namespaces with hanging sources leave threads for the next one. A fetch that several namespaces need
 * waits in the queue of each. Not thread-safe.
 */
final class FetchQueue {

    private final int threads;
    private final int maxWaiting;
    private final Map<String, Deque<SourceFetch>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private int runningInAll;

    /** @param maxWaiting maximum length of the queue of one namespace */
    FetchQueue(int threads, int maxWaiting) {
        this.threads = threads;
        this.maxWaiting = maxWaiting;
    }

    /** Adds the fetch to the namespace's queue; returns false if the queue is full. */
    boolean offer(String namespace, SourceFetch fetch) {
        Deque<SourceFetch> queue = waiting.computeIfAbsent(namespace, added -> new ArrayDeque<>());
        return queue.contains(fetch) || (queue.size() < maxWaiting && queue.add(fetch));
    }

    /** The next fetch to run and the namespace that it is charged to; null if no fetch or no thread is available. */
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
                moveToEnd(namespace, entry.getValue());
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

    /** Moves the namespace to the end, so that the others are served first. */
    private void moveToEnd(String namespace, Deque<SourceFetch> queue) {
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
