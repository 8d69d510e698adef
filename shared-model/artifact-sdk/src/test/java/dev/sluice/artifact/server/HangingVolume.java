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
 * A volume that from some moment on keeps all who look at it or read of it waiting, as a network file system without its
 * server, or that stumbles now and then.
 */
public final class HangingVolume implements AutoCloseable {

    private static final Duration MOST = Duration.ofMinutes(2);
    private static final long SMALL_FILE_BYTES = 1_000_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Predicate<Path> hangs = path -> false;
    private volatile Duration pause = Duration.ZERO;
    private volatile int pauseOneOf = 1;
    private final AtomicInteger looks = new AtomicInteger();

    /** The files below a directory, small ones held in memory; time passes only by {@link #pass}. */
    public ServedFiles files(Path base) {
        return new ServedFiles(base, new Reads(), new SmallFiles(SMALL_FILE_BYTES, now::get));
    }

    /** Lets time pass for what is held. */
    public void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** From now on looks wait, until this is closed and for two minutes at most. */
    public void hang() {
        hangs = path -> true;
    }

    /** As {@link #hang()}, for looks at one file. */
    public void hang(String name) {
        hangs = path -> path.endsWith(name);
    }

    /** From now on one look of so many takes so long. */
    public void stumble(Duration time, int oneOf) {
        pause = time;
        pauseOneOf = oneOf;
        looks.set(0);
    }

    /** How many looks wait or have waited. */
    public int waiting() {
        return waiting.get();
    }

    /** Whether this has not been closed since it began to hang. */
    public boolean isHanging() {
        return waiting.get() > 0 && released.getCount() > 0;
    }

    @Override
    public void close() {
        hangs = path -> false;
        released.countDown();
    }

    private void look(Path path) throws IOException {
        if (hangs.test(path)) {
            waiting.incrementAndGet();
            awaitRelease();
        } else if (looks.incrementAndGet() % pauseOneOf == 0) {
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** As in the kernel, where no interruption ends it. */
    private void awaitRelease() throws IOException {
        boolean interrupted = false;
        long end = System.nanoTime() + MOST.toNanos();
        while (released.getCount() > 0) {
            if (System.nanoTime() > end) {
                throw new IOException("the volume hung for two minutes");
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
            look(path);
            return VolumeReads.super.attributes(path);
        }

        @Override
        public FileChannel open(Path file) throws IOException {
            look(file);
            return new HangingChannel(VolumeReads.super.open(file), () -> look(file));
        }
    }
}
