package dev.sluice.reconciler.publish;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reserves the last part of the volume for namespaces that use less than their equal share of it, so that no namespace
 * can fill the volume for all. Writes in progress in this process count in full. Thread-safe.
 */
public final class VolumeReserve {

    /** Validity of a measurement of a namespace; measurements are made only while the volume is nearly full. */
    private static final Duration MEASURED_FOR = Duration.ofSeconds(10);

    private static final int PERCENT = 100;

    private final Path artifacts;
    private final StoredDirectories directories;
    private final int percent;
    private final Space space;
    private final Map<String, Long> planned = new HashMap<>();
    private final Map<String, Measured> measured = new ConcurrentHashMap<>();

    /** Total and usable size of the volume, in bytes. */
    interface Space {
        long total() throws IOException;

        long usable() throws IOException;
    }

    /** Space reserved for one write. {@link #release()} is idempotent. */
    interface Room {
        void release();
    }

    private record Measured(long bytes, long atNanos) {}

    /**
     * Creates the reserve of a volume.
     *
     * @param storage the storage path
     * @param percent size of the reserve in percent of the volume, 0 to 50; 0 disables it
     */
    public VolumeReserve(Path storage, StoredDirectories directories, int percent) {
        this(storage, directories, percent, new Space() {
            @Override
            public long total() throws IOException {
                return store().getTotalSpace();
            }

            @Override
            public long usable() throws IOException {
                return store().getUsableSpace();
            }

            private FileStore store() throws IOException {
                return Files.getFileStore(storage);
            }
        });
    }

    VolumeReserve(Path storage, StoredDirectories directories, int percent, Space space) {
        this.artifacts = storage.resolve(ExternalArtifactPaths.DIRECTORY);
        this.directories = directories;
        this.percent = percent;
        this.space = space;
    }

    /**
     * Reserves space for a file.
     *
     * @param bytes maximum size of the file, before compression
     * @throws IOException if the volume is nearly full and the namespace uses more than its share
     */
    Room take(ObjectKey key, long bytes) throws IOException {
        String namespace = key.namespace();
        if (percent > 0 && !hasRoom(bytes)) {
            requireShare(namespace, bytes);
        }
        plan(namespace, bytes);
        AtomicLong once = new AtomicLong(bytes);
        return () -> plan(namespace, -once.getAndSet(0));
    }

    private synchronized void plan(String namespace, long bytes) {
        planned.merge(namespace, bytes, (sum, more) -> sum + more == 0 ? null : sum + more);
    }

    private synchronized boolean hasRoom(long bytes) throws IOException {
        long total = space.total();
        long left = space.usable()
                - bytes
                - planned.values().stream().mapToLong(Long::longValue).sum();
        return total <= 0 || left >= total / PERCENT * percent;
    }

    private void requireShare(String namespace, long bytes) throws IOException {
        long total = space.total();
        long share = total
                / Math.max(1, directories.namespaces(ExternalArtifactPaths.KIND).size());
        long held = held(namespace);
        if (held + bytes > share) {
            throw new IOException(("the volume is nearly full: %d of %d bytes are left, and the last %d percent are"
                            + " reserved for namespaces that use less than their equal share of %d bytes; namespace"
                            + " '%s' uses %d and needs up to %d more; publish less,"
                            + " enlarge the volume, or lower --volume-reserve")
                    .formatted(space.usable(), total, percent, share, namespace, held, bytes));
        }
    }

    private long held(String namespace) throws IOException {
        long now = System.nanoTime();
        Measured known = measured.get(namespace);
        if (known == null || now - known.atNanos() > MEASURED_FOR.toNanos()) {
            measured.values().removeIf(old -> now - old.atNanos() > MEASURED_FOR.toNanos());
            known = new Measured(sizeOf(artifacts.resolve(namespace)), now);
            measured.put(namespace, known);
        }
        synchronized (this) {
            return known.bytes() + planned.getOrDefault(namespace, 0L);
        }
    }

    private static long sizeOf(Path directory) throws IOException {
        AtomicLong sum = new AtomicLong();
        if (Files.isDirectory(directory)) {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Interruption.check();
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return sum.get();
    }
}
