package dev.sluice.kubetest.real;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A temporary directory of this process. A lock on a file in it shows that the process is alive: the next process that
 * creates one removes those of processes that were killed. Thread-safe.
 */
public final class TemporaryDirectory implements Closeable {

    private static final String LOCK = "lock";

    /** Those of this process: it must not open their lock files again, because closing them would release the locks. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private TemporaryDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Like {@link #create(Path, String)}, in {@code java.io.tmpdir}. */
    public static TemporaryDirectory create(String prefix) throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    /**
     * Creates a directory, and removes those of this user with the same prefix whose processes were killed.
     *
     * @param parent an existing directory, which other programs may use, too
     */
    public static TemporaryDirectory create(Path parent, String prefix) throws IOException {
        // appears under its final name only when it is locked
        Path hidden = Files.createTempDirectory(parent, "." + prefix);
        removeAbandoned(parent, prefix, hidden);
        FileChannel channel =
                FileChannel.open(hidden.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        Path path = parent.resolve(hidden.getFileName().toString().substring(1));
        OWN.add(path);
        Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
        return new TemporaryDirectory(path, channel);
    }

    private static void removeAbandoned(Path parent, String prefix, Path own) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path directory : found) {
                if (!OWN.contains(directory)) {
                    removeIfAbandoned(directory, own);
                }
            }
        }
    }

    /** A directory that cannot be removed is not an error: another process may remove it at the same time. */
    private static void removeIfAbandoned(Path directory, Path own) {
        try {
            if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))) {
                return;
            }
        } catch (IOException gone) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock abandoned = channel.tryLock()) {
            if (abandoned != null) {
                remove(directory);
            }
        } catch (IOException | OverlappingFileLockException inUse) {
            // stays
        }
    }

    /** The directory. It contains the lock file. */
    public Path path() {
        return path;
    }

    /** Keeps the files for inspection: neither {@link #close} nor another process removes them. Idempotent. */
    public void keep() {
        try (lock) {
            Files.deleteIfExists(path.resolve(LOCK));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + path, e);
        }
    }

    /** Removes the directory, unless it is kept. */
    @Override
    public void close() throws IOException {
        try (lock) {
            if (Files.exists(path.resolve(LOCK))) {
                remove(path);
            }
        } finally {
            OWN.remove(path);
        }
    }

    /** Removes the lock file last, so that another process can complete a removal that was interrupted. */
    private static void remove(Path directory) throws IOException {
        Path lock = directory.resolve(LOCK);
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(directory)) {
            deepestFirst = walk.filter(file -> !file.equals(lock) && !file.equals(directory))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
        Files.delete(lock);
        Files.delete(directory);
    }
}
