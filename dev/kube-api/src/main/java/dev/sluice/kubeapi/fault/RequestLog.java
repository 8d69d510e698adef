package dev.sluice.kubeapi.fault;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** A log of the latest requests, for tests that count calls. Thread-safe. */
public final class RequestLog {

    private static final int LIMIT = 20_000;

    /**
     * A request.
     *
     * @param query the query without the question mark; empty if there is none
     */
    public record Entry(Instant time, String method, String path, String query, String userAgent) {

        /** Whether it is a watch request. */
        public boolean isWatch() {
            return query.matches("(.*&)?watch=(true|1)(&.*)?");
        }
    }

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long dropped;

    RequestLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String method, String path, String query, String userAgent) {
        entries.addLast(new Entry(clock.instant(), method, path, query, userAgent));
        if (entries.size() > LIMIT) {
            entries.removeFirst();
            dropped++;
        }
    }

    /** Returns the latest 20,000 requests, oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public synchronized long count(Predicate<Entry> which) {
        return entries.stream().filter(which).count();
    }

    /** The number of dropped entries; if it is 0, counts are complete. */
    public synchronized long dropped() {
        return dropped;
    }

    public synchronized void clear() {
        entries.clear();
        dropped = 0;
    }
}
