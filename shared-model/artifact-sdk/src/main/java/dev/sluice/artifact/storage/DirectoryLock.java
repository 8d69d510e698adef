package dev.sluice.artifact.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock for one writer per directory, among threads and processes. It only avoids redundant work; files are consistent
 * without it because of atomic renames. A file system without lock support is therefore not an error.
 */
final class DirectoryLock {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Shared by all storages of the process, because a file lock belongs to the process. */
    private static final Map<Path, Holder> HOLDERS = new HashMap<>();

    private static final class Holder {
        final ReentrantLock threads = new ReentrantLock();
        int users;

        @Nullable
        FileChannel channel;
    }

    private final Path directory;
    private final Holder holder;

    private DirectoryLock(Path directory, Holder holder) {
        this.directory = directory;
        this.holder = holder;
    }

    /**
     * Runs an action while holding the lock of an existing directory. Reentrant.
     *
     * @throws IOException if another writer holds the lock for longer than {@code patience}, the directory does not
     *     exist, or the action fails
     */
    static <T> T hold(Path directory, Duration patience, LockedAction<T> action) throws IOException {
        DirectoryLock lock = acquire(directory, patience);
        try {
            return action.run();
        } finally {
            lock.release();
        }
    }

    private static DirectoryLock acquire(Path directory, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        DirectoryLock lock = new DirectoryLock(directory, use(directory));
        try {
            lock.lockThreads(deadline, patience);
        } catch (IOException | RuntimeException e) {
            release(directory, lock.holder);
            throw e;
        }
        try {
            lock.lockProcesses(deadline, patience);
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.holder.threads.unlock();
            release(directory, lock.holder);
            throw e;
        }
    }

    private static Holder use(Path directory) {
        synchronized (HOLDERS) {
            Holder holder = HOLDERS.computeIfAbsent(directory, d -> new Holder());
            holder.users++;
            return holder;
        }
    }

    private static void release(Path directory, Holder holder) {
        synchronized (HOLDERS) {
            if (--holder.users == 0) {
                HOLDERS.remove(directory);
            }
        }
    }

    private void lockThreads(long deadline, Duration patience) throws IOException {
        try {
            if (!holder.threads.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw busy(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private void lockProcesses(long deadline, Duration patience) throws IOException {
        if (holder.channel != null) {
            return;
        }
        Path lockFile = directory.resolve(StoredNames.LOCK);
        while (true) {
            Object before = fileKey(lockFile);
            FileChannel channel = open(lockFile);
            boolean locked = false;
            try {
                locked = tryLock(channel) && before != null && before.equals(fileKey(lockFile));
                if (locked) {
                    holder.channel = channel;
                    return;
                }
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            pause(deadline, patience, before == null);
        }
    }

    private FileChannel open(Path lockFile) throws IOException {
        try {
            return FileChannel.open(
                    lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            throw new DirectoryGoneException(directory, e);
        }
    }

    /**
     * Returns the identity of the lock file: the lock is valid only while the file has this name, because removing the
     * directory removes its lock file.
     */
    private static @Nullable Object fileKey(Path lockFile) throws IOException {
        try {
            return Files.readAttributes(lockFile, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw e;
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("error", e.toString())
                    .log("file system does not support locks; continuing without");
            return true;
        }
    }

    private void pause(long deadline, Duration patience, boolean atOnce) throws IOException {
        if (System.nanoTime() - deadline >= 0) {
            throw busy(patience);
        }
        if (!atOnce) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    private IOException busy(Duration patience) {
        return new IOException("cannot lock directory '" + directory + "': still locked by another writer after "
                + patience.toSeconds() + " s; retry later");
    }

    private IOException interrupted() {
        return new InterruptedIOException("interrupted while waiting for the lock of directory '" + directory + "'");
    }

    private void release() throws IOException {
        try {
            if (holder.threads.getHoldCount() == 1) {
                FileChannel channel = Objects.requireNonNull(holder.channel);
                holder.channel = null;
                channel.close();
            }
        } finally {
            holder.threads.unlock();
            release(directory, holder);
        }
    }
}
