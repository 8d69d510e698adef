package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A volume whose accesses can be made to hang, like a network file system without its server, or to be slow
 * occasionally.
 */
public final class HangingVolume implements AutoCloseable {

    private static final Duration MAX_HANG = Duration.ofMinutes(2);
    private static final long SMALL_FILE_BYTES = 1_000_000;
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Predicate<Path> hangs = path -> false;
    private volatile Duration pause = Duration.ZERO;
    private volatile int pauseOneOf = 1;
    private final AtomicInteger accesses = new AtomicInteger();

    /** Returns the files in a directory, with a cache for small ones; time passes only by {@link #pass}. */
    public ServedFiles files(Path base) {
        return new ServedFiles(base, new Reads(), new SmallFiles(SMALL_FILE_BYTES, MAX_AGE, now::get));
    }

    /** Advances the clock of the cache. */
    public void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** Makes accesses hang until this is closed, for at most two minutes. */
    public void hang() {
        hangs = path -> true;
    }

    /** Like {@link #hang()}, for a single file. */
    public void hang(String name) {
        hangs = path -> path.endsWith(name);
    }

    /** Makes one in this many accesses take this long. */
    public void delay(Duration time, int oneOf) {
        pause = time;
        pauseOneOf = oneOf;
        accesses.set(0);
    }

    /** Returns how many accesses hang or have hung. */
    public int waiting() {
        return waiting.get();
    }

    /** Whether the volume hangs. */
    public boolean isHanging() {
        return waiting.get() > 0 && released.getCount() > 0;
    }

    @Override
    public void close() {
        hangs = path -> false;
        released.countDown();
    }

    private void access(Path path) throws IOException {
        if (hangs.test(path)) {
            waiting.incrementAndGet();
            awaitRelease();
        } else if (accesses.incrementAndGet() % pauseOneOf == 0) {
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** Not interruptible, like a hanging system call. */
    private void awaitRelease() throws IOException {
        boolean interrupted = false;
        long end = System.nanoTime() + MAX_HANG.toNanos();
        while (released.getCount() > 0) {
            if (System.nanoTime() > end) {
                throw new IOException("the volume has hung for two minutes");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Reads implements VolumeReads {

        @Override
        public BasicFileAttributes attributes(Path path) throws IOException {
            access(path);
            return VolumeReads.super.attributes(path);
        }

        @Override
        public FileChannel open(Path file) throws IOException {
            access(file);
            return new HangingChannel(VolumeReads.super.open(file), () -> access(file));
        }
    }
}
