package dev.sluice.controller.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in which a process creates the directories of its builds. A lock on a file in it shows that the
 * process is alive: the next process of the same name removes the directories of processes that were killed.
 * Thread-safe.
 */
final class BuildDirectories implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(BuildDirectories.class);
    private static final String LOCK = "lock";

    /** Those of this process: it must not open their lock files again, because closing them would release the locks. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private BuildDirectories(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates a directory of this process, and removes those of processes of the same name that were killed.
     *
     * @param parent an existing directory, which other programs may use, too
     */
    static BuildDirectories open(Path parent, String name) throws IOException {
        removeAbandoned(parent, name);
        // appears under its final name only when it is locked
        Path hidden = Files.createTempDirectory(parent, "." + name + "-builds-");
        FileChannel channel =
                FileChannel.open(hidden.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        Path path = parent.resolve(hidden.getFileName().toString().substring(1));
        OWN.add(path);
        Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
        return new BuildDirectories(path, channel);
    }

    /** A directory that cannot be removed, such as that of another user, is not an error. */
    private static void removeAbandoned(Path parent, String name) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, name + "-builds-*")) {
            for (Path directory : found) {
                if (!OWN.contains(directory)) {
                    removeIfAbandoned(directory);
                }
            }
        }
    }

    private static void removeIfAbandoned(Path directory) {
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock abandoned = channel.tryLock()) {
            if (abandoned != null) {
                deleteLockLast(directory);
                LOG.atInfo().addKeyValue("directory", directory).log("removed build directories of a killed process");
            }
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("directory", directory)
                    .addKeyValue("error", e.getMessage())
                    .log("cannot remove build directories of another process");
        }
    }

    /** Creates an empty directory for one build. */
    Path newDirectory() throws IOException {
        return Files.createTempDirectory(path, "build-");
    }

    /** Without the lock, no process would remove the remains of an interrupted deletion. */
    private static void deleteLockLast(Path directory) throws IOException {
        try (DirectoryStream<Path> builds = Files.newDirectoryStream(directory, "build-*")) {
            for (Path build : builds) {
                delete(build);
            }
        }
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes the directory; builds that still run fail. Idempotent. */
    @Override
    public void close() throws IOException {
        if (!lock.isOpen()) {
            return;
        }
        try (lock) {
            deleteLockLast(path);
        } finally {
            OWN.remove(path);
        }
    }
}
