package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds how often directories are read for names that a lookup did not find, since anyone who can connect can ask for
 * such names: each directory once a second, all together {@link #MAX_PER_SECOND} times a second and {@link #MAX_RUNNING}
 * at a time. A lookup soon after such a read is as good as the read itself: it has made the file system's memory of the
 * directory fresh. Thread-safe.
 */
final class DirectoryRereads {

    /** The pause between two reads of one directory, from the end of the first. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    static final int MAX_PER_SECOND = 10;

    /** A large directory on a slow volume takes seconds; the threads that read it serve nobody meanwhile. */
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

    /** Reads a directory and says whether it has a name. */
    @FunctionalInterface
    interface Listing {
        boolean read() throws IOException;
    }

    /** @param nanoTime a monotonic clock */
    DirectoryRereads(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What the listing says, or false without it if the directory was read just now or too many are. */
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
