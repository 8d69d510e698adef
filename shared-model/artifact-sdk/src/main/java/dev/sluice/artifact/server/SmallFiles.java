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
 * The contents of small files that were asked for lately, within a bound of bytes. A held file is used while a look at
 * its name shows the very file that was read, and without a look for {@link #FRESH} after the last one. Thread-safe.
 */
final class SmallFiles {

    /** Larger files go from the page cache to the socket inside the kernel, which is cheaper than any copy of ours. */
    static final int MAX_FILE_BYTES = 48 * 1024;

    /** A file may change again within the same tick of the file system's clock, which then shows nothing of it. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** How long a look at a name is good for, where there can be no other. */
    static final Duration FRESH = Duration.ofSeconds(1);

    /** What an entry takes besides its content and its names, roughly. */
    private static final int ENTRY_BYTES = 512;

    private final long maxBytes;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Second chance: the oldest entry goes first unless it was used since it came here. */
    private final Queue<Entry> oldestFirst = new ConcurrentLinkedQueue<>();

    private final AtomicLong heldBytes = new AtomicLong();

    /** Holds nothing when {@code maxBytes} is 0. */
    SmallFiles(long maxBytes, InstantSource clock) {
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /** Whether the content of a file of these attributes may be held. */
    boolean takes(BasicFileAttributes attributes) {
        return attributes.size() <= MAX_FILE_BYTES
                && attributes.size() + ENTRY_BYTES <= maxBytes
                && attributes.fileKey() != null
                && attributes
                        .lastModifiedTime()
                        .toInstant()
                        .isBefore(clock.instant().minus(SETTLED));
    }

    /** The file of a request path, if it is held and its name still stands for it. */
    Optional<ServedFile> find(String rawPath, VolumeReads volume) {
        Entry entry = entries.get(rawPath);
        if (entry == null) {
            return Optional.empty();
        }
        long begunMillis = nowMillis();
        if (entry.isCurrent(volume)) {
            entry.validated(begunMillis);
            entry.markUsed();
            return entry.file;
        }
        drop(entry);
        return Optional.empty();
    }

    /** The file of a request path, if it is held and was looked at just now; does not touch the volume. */
    Optional<ServedFile> fresh(String rawPath) {
        Entry entry = entries.get(rawPath);
        if (entry == null || !entry.isFresh(nowMillis())) {
            return Optional.empty();
        }
        entry.markUsed();
        return entry.file;
    }

    /** The time from which a look that begins now counts: one that hangs shows how things were before. */
    long nowMillis() {
        return clock.millis();
    }

    /** Holds a file whose content is in memory since a look that began then; an encoded path is not taken, since it is one of many of that file. */
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
            // until it fits
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

    /** Whoever takes it out of the queue takes its bytes off. */
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

        /** A clock that was set back makes it old. */
        boolean isFresh(long nowMillis) {
            long age = nowMillis - validatedMillis;
            return age >= 0 && age < FRESH.toMillis();
        }

        boolean isCurrent(VolumeReads volume) {
            ServedFile held = file.orElseThrow();
            try {
                return held.isStill(volume.attributes(held.path()));
            } catch (IOException e) {
                // gone, or the volume is at fault: the full look says which
                return false;
            }
        }

        /** Written only when it changes: a hot entry is read by every core. */
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
