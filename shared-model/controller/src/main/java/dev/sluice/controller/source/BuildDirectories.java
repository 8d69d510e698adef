package dev.sluice.controller.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
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

    private static final Duration HIDDEN_LIMIT = Duration.ofHours(1);

    /**
     * Identifies this process, in all its class loaders: it must not open its lock files again, because closing them would
     * release the locks. Process ids alone are reused, above all in containers.
     */
    private static final String PROCESS = ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> Long.toHexString(start.toEpochMilli()))
                    .orElseGet(() -> UUID.randomUUID().toString())
            + "-";

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
        // appears under its final name only when it is locked
        Path hidden = Files.createTempDirectory(parent, "." + prefix(name) + PROCESS);
        removeAbandoned(parent, name, Files.getOwner(hidden));
        FileChannel channel =
                FileChannel.open(hidden.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        Path path = parent.resolve(hidden.getFileName().toString().substring(1));
        Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
        return new BuildDirectories(path, channel);
    }

    private static String prefix(String name) {
        return name + "-builds-";
    }

    /**
     * Removes directories of the same user, which can then be trusted: in a shared parent, others can create any. One that
     * cannot be removed is not an error.
     */
    private static void removeAbandoned(Path parent, String name, UserPrincipal owner) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, "{,.}" + prefix(name) + "*")) {
            for (Path directory : found) {
                if (!isOfThisProcess(directory, name)) {
                    removeIfAbandoned(directory, owner);
                }
            }
        }
    }

    private static boolean isOfThisProcess(Path directory, String name) {
        return directory.getFileName().toString().replaceFirst("^\\.", "").startsWith(prefix(name) + PROCESS);
    }

    private static void removeIfAbandoned(Path directory, UserPrincipal owner) {
        try {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                return;
            }
            if (isHidden(directory) ? removeIfOld(directory) : removeIfUnlocked(directory)) {
                LOG.atInfo().addKeyValue("directory", directory).log("removed build directories of a killed process");
            }
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("directory", directory)
                    .addKeyValue("error", e.getMessage())
                    .log("cannot remove build directories of another process");
        }
    }

    private static boolean isHidden(Path directory) {
        return directory.getFileName().toString().startsWith(".");
    }

    /** A living process renames its hidden directory within milliseconds. */
    private static boolean removeIfOld(Path directory) throws IOException {
        FileTime changed = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS);
        if (changed.toInstant().isAfter(Instant.now().minus(HIDDEN_LIMIT))) {
            return false;
        }
        delete(directory);
        return true;
    }

    private static boolean removeIfUnlocked(Path directory) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock abandoned = channel.tryLock()) {
            if (abandoned == null) {
                return false;
            }
            deleteLockLast(directory);
            return true;
        } catch (OverlappingFileLockException e) {
            // held by this process, whose start time is unknown
            return false;
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
        }
    }
}
