package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cost of requests for missing names, which any client can send. */
class MissesTest {

    private static final String MISSING = CanaryVolume.DIRECTORY + "/missing-%d.tar.gz";

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger listings = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private CanaryVolume volume;
    private ServedFiles files;
    private volatile Optional<String> lateName = Optional.empty();
    private volatile CountDownLatch listingMayEnd = new CountDownLatch(0);

    @BeforeEach
    void fill() throws IOException {
        volume = CanaryVolume.create(directory);
        files = new ServedFiles(
                volume.base(),
                new Counted(),
                new SmallFiles(0, Duration.ZERO, Clock.systemUTC()),
                new DirectoryRereads(nanos::get));
    }

    private final class Counted implements VolumeReads {

        @Override
        public BasicFileAttributes attributes(Path path) throws IOException {
            looks.incrementAndGet();
            if (lateName.filter(path::endsWith).isPresent()) {
                throw new NoSuchFileException(path.toString());
            }
            return VolumeReads.super.attributes(path);
        }

        @Override
        public boolean lists(Path path, String name, int maxEntries) throws IOException {
            listings.incrementAndGet();
            // as on NFS: reading the directory updates the lookup cache
            lateName = Optional.empty();
            await(listingMayEnd);
            return VolumeReads.super.lists(path, name, maxEntries);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("the listing was not released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void miss(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(files.open(MISSING.formatted(i))).isEmpty();
        }
    }

    @Test
    void readsADirectoryOnceForAThousandMisses() throws IOException {
        miss(1000);

        assertThat(listings).hasValue(1);
        int depth = CanaryVolume.DIRECTORY.split("/", -1).length + 1;
        assertThat(looks.get()).as("one access per component").isEqualTo(1000 * depth);
    }

    @Test
    void readsADirectoryAgainAfterASecond() throws IOException {
        miss(10);
        nanos.addAndGet(DirectoryRereads.PAUSE.toNanos() - 1);
        miss(10);
        assertThat(listings).hasValue(1);

        nanos.addAndGet(1);
        miss(10);
        assertThat(listings).hasValue(2);
    }

    @Test
    void limitsReadsOfManyDirectories() throws IOException {
        for (int i = 0; i < 200; i++) {
            Files.createDirectories(volume.path(CanaryVolume.DIRECTORY + "/d" + i));
        }
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < 200; i++) {
                assertThat(files.open(CanaryVolume.DIRECTORY + "/d" + i + "/missing.tar.gz"))
                        .isEmpty();
            }
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(listings).hasValue(3 * DirectoryRereads.MAX_PER_SECOND);
    }

    @Test
    void findsALateNameAfterASecond() throws IOException {
        miss(1);
        lateName = Optional.of(volume.path(CanaryVolume.ARTIFACT).getFileName().toString());
        assertThat(files.open(CanaryVolume.ARTIFACT)).isEmpty();

        nanos.addAndGet(DirectoryRereads.PAUSE.toNanos());
        try (ServedFile found = files.open(CanaryVolume.ARTIFACT).orElseThrow()) {
            assertThat(found.version().size()).isEqualTo(CanaryVolume.SIZE);
        }
    }

    @Test
    void otherMissesDoNotWaitForADirectoryRead() throws Exception {
        listingMayEnd = new CountDownLatch(1);
        ExecutorService slow = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<ServedFile>> first = slow.submit(() -> files.open(MISSING.formatted(0)));
            while (listings.get() == 0) {
                Thread.onSpinWait();
            }
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            miss(100);
            assertThat(listings).as("while the listing takes long").hasValue(1);
            assertThat(first).isNotDone();
            listingMayEnd.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isEmpty();
        } finally {
            listingMayEnd.countDown();
            slow.shutdown();
        }
    }

    @Test
    void slowDirectoriesOccupyFewThreads() throws Exception {
        listingMayEnd = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(DirectoryRereads.MAX_RUNNING);
        List<Future<Optional<ServedFile>>> running = new ArrayList<>();
        try {
            for (int i = 0; i < DirectoryRereads.MAX_RUNNING; i++) {
                Path slow = volume.path(CanaryVolume.DIRECTORY + "/slow" + i);
                Files.createDirectories(slow);
                String missing = CanaryVolume.DIRECTORY + "/" + slow.getFileName() + "/missing.tar.gz";
                running.add(threads.submit(() -> files.open(missing)));
            }
            while (listings.get() < DirectoryRereads.MAX_RUNNING) {
                Thread.onSpinWait();
            }
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            miss(1);
            assertThat(listings).hasValue(DirectoryRereads.MAX_RUNNING);
            assertThat(running).noneMatch(Future::isDone);
        } finally {
            listingMayEnd.countDown();
            threads.shutdown();
        }
    }
}
