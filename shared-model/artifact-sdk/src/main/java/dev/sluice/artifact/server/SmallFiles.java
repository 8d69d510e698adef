package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cache of the contents of small files, bounded in bytes. A cached file is used while the attributes of its name are those
 * of the file that was read; they are read again when the last check is older than a given age. Thread-safe.
 */
final class SmallFiles {

    /**
     * Larger files are sent from the page cache to the socket within the kernel, which is cheaper than copying them.
     */
    static final int MAX_FILE_BYTES = 48 * 1024;

    /** A file may change again within one tick of the file system's clock without a change of its modification time. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** Approximate size of an entry without its content and names. */
    private static final int ENTRY_BYTES = 512;

    private final long maxBytes;
    private final long maxAgeMillis;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Second-chance eviction: the oldest entry is evicted unless it was used since it was queued. */
    private final Queue<Entry> oldestFirst = new ConcurrentLinkedQueue<>();

    private final AtomicLong heldBytes = new AtomicLong();

    /**
     * Caches nothing when {@code maxBytes} is 0.
     *
     * @param maxAge for how long a name is not checked again; zero to check it for each request
     */
    SmallFiles(long maxBytes, Duration maxAge, InstantSource clock) {
        this.maxBytes = maxBytes;
        this.maxAgeMillis = maxAge.toMillis();
        this.clock = clock;
    }

    /** Whether the content of a file with these attributes may be cached. */
    boolean takes(BasicFileAttributes attributes) {
        return attributes.size() <= MAX_FILE_BYTES
                && attributes.size() + ENTRY_BYTES <= maxBytes
                && attributes.fileKey() != null
                && attributes
                        .lastModifiedTime()
                        .toInstant()
                        .isBefore(clock.instant().minus(SETTLED));
    }

    /** Returns the cached file for a request path if it is unchanged on the volume. */
    Optional<ServedFile> find(String rawPath, VolumeReads volume) {
        Entry entry = entries.get(rawPath);
        if (entry == null) {
            return Optional.empty();
        }
        long begunMillis = nowMillis();
        if (!entry.isFresh(begunMillis, maxAgeMillis)) {
            if (!entry.isCurrent(volume)) {
                drop(entry);
                return Optional.empty();
            }
            entry.validated(begunMillis);
        }
        entry.markUsed();
        return entry.file;
    }

    /** Whether {@link #find} would not access the volume now. */
    boolean isFresh(String rawPath) {
        Entry entry = entries.get(rawPath);
        return entry != null && entry.isFresh(nowMillis(), maxAgeMillis);
    }

    /**
     * Returns the start time of a validation. Its age counts from the start, because a slow one shows the state at its
     * start.
     */
    long nowMillis() {
        return clock.millis();
    }

    /** Caches a file that was validated at a time. Ignores percent-encoded paths, because a file has many of them. */
    void hold(String rawPath, ServedFile file, long begunMillis) {
        if (rawPath.indexOf('%') >= 0) {
            return;
        }
        Entry entry = new Entry(rawPath, file, begunMillis);
        Entry before = entries.put(rawPath, entry);
        if (before != null) {
            forget(before);
        }
        oldestFirst.add(entry);
        heldBytes.addAndGet(entry.bytes);
        while (heldBytes.get() > maxBytes && evictOne()) {
            // until the cache fits
        }
    }

    long heldBytes() {
        return heldBytes.get();
    }

    private boolean evictOne() {
        Entry oldest = oldestFirst.poll();
        if (oldest == null) {
            return false;
        }
        if (oldest.takeUsed()) {
            oldestFirst.add(oldest);
        } else {
            entries.remove(oldest.rawPath, oldest);
            heldBytes.addAndGet(-oldest.bytes);
        }
        return true;
    }

    private void drop(Entry entry) {
        if (entries.remove(entry.rawPath, entry)) {
            forget(entry);
        }
    }

    /** Only the thread that removes an entry from the queue subtracts its bytes. */
    private void forget(Entry entry) {
        if (oldestFirst.remove(entry)) {
            heldBytes.addAndGet(-entry.bytes);
        }
    }

    private static final class Entry {

        private final String rawPath;
        private final Optional<ServedFile> file;
        private final long bytes;
        private volatile boolean used;
        private volatile long validatedMillis;

        Entry(String rawPath, ServedFile file, long validatedMillis) {
            this.rawPath = rawPath;
            this.file = Optional.of(file);
            this.bytes = file.version().size() + 2L * rawPath.length() + ENTRY_BYTES;
            this.validatedMillis = validatedMillis;
        }

        void validated(long begunMillis) {
            validatedMillis = begunMillis;
        }

        /** An entry is not fresh if the clock was set back. */
        boolean isFresh(long nowMillis, long maxAgeMillis) {
            long age = nowMillis - validatedMillis;
            return age >= 0 && age < maxAgeMillis;
        }

        boolean isCurrent(VolumeReads volume) {
            ServedFile held = file.orElseThrow();
            try {
                return held.isStill(volume.attributes(held.path()));
            } catch (IOException e) {
                // the file is gone or the volume is unreadable: the full lookup determines which
                return false;
            }
        }

        /** Writes only on a change, because every core reads a hot entry. */
        void markUsed() {
            if (!used) {
                used = true;
            }
        }

        boolean takeUsed() {
            boolean was = used;
            used = false;
            return was;
        }
    }
}
