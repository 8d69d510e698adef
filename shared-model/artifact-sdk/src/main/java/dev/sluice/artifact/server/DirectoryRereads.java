package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits how often directories are read for names that a lookup did not find, because any client can request such
 * names: each directory once a second, all directories together {@link #MAX_PER_SECOND} times a second and {@link
 * #MAX_RUNNING} at a time. Reading a directory also refreshes the file system's cache, so a lookup shortly afterwards
 * is up to date. Thread-safe.
 */
final class DirectoryRereads {

    /** Minimum time between the end of a read of a directory and the next one. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    static final int MAX_PER_SECOND = 10;

    /** Reading a large directory on a slow volume takes seconds, during which the thread serves no other request. */
    static final int MAX_RUNNING = 4;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<Path, Reread> recent = new HashMap<>();

    private static final class Reread {

        private final long begunNanos;
        private boolean running = true;
        private long endedNanos;

        Reread(long begunNanos) {
            this.begunNanos = begunNanos;
        }

        void end(long nowNanos) {
            running = false;
            endedNanos = nowNanos;
        }

        boolean isPast(long nowNanos) {
            return !running && nowNanos - endedNanos >= PAUSE.toNanos();
        }
    }

    /** Reads a directory and returns whether it contains a name. */
    @FunctionalInterface
    interface Listing {
        boolean read() throws IOException;
    }

    /** @param nanoTime a monotonic clock */
    DirectoryRereads(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Returns the result of the listing; false without calling it if the directory was just read or too many are being
     * read.
     */
    boolean showsName(Path directory, Listing listing) throws IOException {
        if (!begin(directory)) {
            return false;
        }
        try {
            return listing.read();
        } finally {
            end(directory);
        }
    }

    private synchronized boolean begin(Path directory) {
        long now = nanoTime.getAsLong();
        recent.values().removeIf(reread -> reread.isPast(now));
        long running = recent.values().stream().filter(reread -> reread.running).count();
        long inLastSecond = recent.values().stream()
                .filter(reread -> now - reread.begunNanos < SECOND_NANOS)
                .count();
        if (recent.containsKey(directory) || running >= MAX_RUNNING || inLastSecond >= MAX_PER_SECOND) {
            return false;
        }
        recent.put(directory, new Reread(now));
        return true;
    }

    private synchronized void end(Path directory) {
        Reread reread = recent.get(directory);
        if (reread != null) {
            reread.end(nanoTime.getAsLong());
        }
    }
}
