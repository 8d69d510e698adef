package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFilesTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final long BOUND = 100_000;

    @TempDir
    Path base;

    private final AtomicInteger opened = new AtomicInteger();
    private Instant now = LONG_AGO.plus(Duration.ofDays(300));
    private final SmallFiles small = new SmallFiles(BOUND, Duration.ZERO, () -> now);

    private final AtomicInteger looks = new AtomicInteger();

    private final VolumeReads counting = new VolumeReads() {
        @Override
        public BasicFileAttributes attributes(Path path) throws IOException {
            looks.incrementAndGet();
            return VolumeReads.super.attributes(path);
        }

        @Override
        public FileChannel open(Path file) throws IOException {
            opened.incrementAndGet();
            return VolumeReads.super.open(file);
        }
    };

    private Path write(String name, String text, Instant modified) throws IOException {
        Path file = Files.writeString(base.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(modified));
        return file;
    }

    private Optional<String> read(String rawPath) throws IOException {
        Optional<ServedFile> file = new ServedFiles(base, counting, small).open(rawPath);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (ServedFile served = file.get()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            served.writeTo(out, 0, served.version().size());
            return Optional.of(out.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void readsAFileOnceForSeveralRequests() throws IOException {
        write("a.tar.gz", "first", LONG_AGO);

        for (int i = 0; i < 3; i++) {
            assertThat(read("/a.tar.gz")).contains("first");
        }

        assertThat(opened).hasValue(1);
        assertThat(small.find("/a.tar.gz", counting)).isPresent();
    }

    @Test
    void servesAReplacedFileAtOnce() throws IOException {
        Path file = write("a.tar.gz", "first", LONG_AGO);
        read("/a.tar.gz");

        Path other = write("other", "other", LONG_AGO);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(read("/a.tar.gz")).contains("other");
    }

    @Test
    void servesAModifiedFileAtOnce() throws IOException {
        write("a.tar.gz", "first", LONG_AGO);
        read("/a.tar.gz");

        write("a.tar.gz", "other", LONG_AGO.plusSeconds(1));

        assertThat(read("/a.tar.gz")).contains("other");
    }

    @Test
    void evictsACollectedFileAtOnce() throws IOException {
        Path file = write("a.tar.gz", "first", LONG_AGO);
        read("/a.tar.gz");

        Files.delete(file);

        assertThat(read("/a.tar.gz")).isEmpty();
        assertThat(small.find("/a.tar.gz", counting)).isEmpty();
        assertThat(small.heldBytes()).isZero();
    }

    @Test
    void doesNotCacheAFileModifiedJustNow() throws IOException {
        write("new.tar.gz", "new", now);
        write("future.tar.gz", "future", now.plus(Duration.ofHours(1)));

        assertThat(read("/new.tar.gz")).contains("new");
        assertThat(read("/future.tar.gz")).contains("future");

        assertThat(small.heldBytes()).isZero();
    }

    @Test
    void doesNotCacheLinksEncodedPathsOrLargeFiles() throws IOException {
        write("a.tar.gz", "first", LONG_AGO);
        Files.createSymbolicLink(base.resolve("latest.tar.gz"), Path.of("a.tar.gz"));
        write("large.tar.gz", "x".repeat(SmallFiles.MAX_FILE_BYTES + 1), LONG_AGO);

        assertThat(read("/latest.tar.gz")).contains("first");
        assertThat(read("/%61.tar.gz")).contains("first");
        assertThat(read("/large.tar.gz")).isPresent();

        assertThat(small.heldBytes()).isZero();
    }

    @Test
    void evictsFilesNotUsedRecently() throws IOException {
        for (int i = 0; i < 20; i++) {
            write(i + ".tar.gz", "x".repeat(20_000), LONG_AGO);
        }
        for (int i = 1; i < 20; i++) {
            assertThat(read("/0.tar.gz")).isPresent();
            assertThat(read("/" + i + ".tar.gz")).isPresent();
            assertThat(small.heldBytes()).isLessThanOrEqualTo(BOUND);
        }

        assertThat(small.find("/0.tar.gz", counting)).isPresent();
        assertThat(small.find("/19.tar.gz", counting)).isPresent();
        assertThat(small.find("/1.tar.gz", counting)).isEmpty();
    }

    @Test
    void cachesNothingWithoutALimit() throws IOException {
        write("empty.tar.gz", "", LONG_AGO);
        SmallFiles none = new SmallFiles(0, Duration.ZERO, () -> now);

        new ServedFiles(base, counting, none)
                .open("/empty.tar.gz")
                .orElseThrow()
                .close();

        assertThat(none.find("/empty.tar.gz", counting)).isEmpty();
    }

    /** Caches with names that are checked once a second. */
    private ServedFiles checkedOnceASecond(VolumeReads volume) {
        return new ServedFiles(base, volume, new SmallFiles(BOUND, Duration.ofSeconds(1), () -> now));
    }

    private static Optional<String> read(ServedFiles files) throws IOException {
        Optional<ServedFile> file = files.open("/a.tar.gz");
        return file.map(served ->
                StandardCharsets.UTF_8.decode(served.content().orElseThrow()).toString());
    }

    @Test
    void withinTheMaximumAgeOfACheckAFileIsServedWithoutAnother() throws IOException {
        ServedFiles files = checkedOnceASecond(counting);
        Path file = write("a.tar.gz", "first", LONG_AGO);
        read(files);
        now = now.plusMillis(1000);
        int before = looks.get();
        assertThat(read(files)).contains("first");
        assertThat(looks).as("the name was checked again").hasValue(before + 1);

        now = now.plusMillis(999);
        assertThat(read(files)).contains("first");
        Files.delete(file);
        assertThat(read(files)).contains("first");
        assertThat(looks).hasValue(before + 1);

        now = now.plusMillis(1);
        assertThat(read(files)).isEmpty();
    }

    @Test
    void theAgeOfACheckCountsFromItsBeginning() throws IOException {
        VolumeReads slow = new VolumeReads() {
            @Override
            public BasicFileAttributes attributes(Path path) throws IOException {
                now = now.plusSeconds(5);
                looks.incrementAndGet();
                return VolumeReads.super.attributes(path);
            }
        };
        write("a.tar.gz", "first", LONG_AGO);
        ServedFiles files = checkedOnceASecond(slow);

        for (int i = 0; i < 3; i++) {
            int before = looks.get();
            assertThat(read(files)).contains("first");
            assertThat(looks).hasValueGreaterThan(before);
        }
    }

    @Test
    void aClockThatWasSetBackMakesEveryCheckOld() throws IOException {
        ServedFiles files = checkedOnceASecond(counting);
        write("a.tar.gz", "first", LONG_AGO);
        read(files);
        int before = looks.get();

        now = now.minusSeconds(60);

        assertThat(read(files)).contains("first");
        assertThat(looks).hasValue(before + 1);
    }
}
