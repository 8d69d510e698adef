package dev.sluice.artifact.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A volume that from some moment on keeps all who look at it waiting, as a network file system without its server. */
public final class HangingVolume implements AutoCloseable {

    private static final long SMALL_FILE_BYTES = 1_000_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean hangs;

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
        hangs = true;
    }

    /** How many looks wait or have waited. */
    public int waiting() {
        return waiting.get();
    }

    @Override
    public void close() {
        hangs = false;
        released.countDown();
    }

    private void look() throws IOException {
        if (!hangs) {
            return;
        }
        waiting.incrementAndGet();
        try {
            if (!released.await(2, TimeUnit.MINUTES)) {
                throw new IOException("the volume hung for two minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private final class Reads implements VolumeReads {

        @Override
        public BasicFileAttributes attributes(Path path) throws IOException {
            look();
            return VolumeReads.super.attributes(path);
        }

        @Override
        public FileChannel open(Path file) throws IOException {
            look();
            return VolumeReads.super.open(file);
        }
    }
}
