package dev.sluice.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(3600)
class KillSafetyIT {

    /** Number of volumes with concurrent writers, which mostly wait. */
    private static final int VOLUMES = 2;

    @TempDir
    Path temporary;

    private final ExecutorService threads = Executors.newFixedThreadPool(VOLUMES);
    private final List<Process> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aKilledProcessLeavesOnlyWholeFiles() throws Exception {
        killOnEveryVolume(30, Duration.ofSeconds(10));
    }

    @Test
    @Tag("soak")
    void aThousandKillsLeaveOnlyWholeFiles() throws Exception {
        killOnEveryVolume(1000 / VOLUMES, Duration.ZERO);
    }

    private void killOnEveryVolume(int atLeast, Duration atLeastFor) throws Exception {
        List<Future<Integer>> volumes = new ArrayList<>();
        for (int i = 0; i < VOLUMES; i++) {
            Volume volume = new Volume(Files.createDirectory(temporary.resolve("volume-" + i)));
            volumes.add(threads.submit(() -> killOn(volume, atLeast, atLeastFor)));
        }
        int kills = 0;
        for (Future<Integer> volume : volumes) {
            kills += volume.get();
        }
        System.out.println("KillSafetyIT: " + kills + " kills");
    }

    /** Kills writers one after the other and returns their number. */
    private int killOn(Volume volume, int atLeast, Duration atLeastFor) throws Exception {
        long end = System.nanoTime() + atLeastFor.toNanos();
        int kills = 0;
        while (kills < atLeast || System.nanoTime() < end) {
            killOneWriter(volume);
            kills++;
        }
        volume.leavesNothingBehind();
        return kills;
    }

    private void killOneWriter(Volume volume) throws Exception {
        Random random = ThreadLocalRandom.current();
        Process writer = write(volume, random.nextLong(), Integer.MAX_VALUE);
        assertThat(writer.getInputStream().read()).as("the writer started").isEqualTo('w');
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(300_000)));
        writer.destroyForcibly();
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        started.remove(writer);
        volume.everyVisibleFileIsWhole();
    }

    private Process write(Volume volume, long seed, int writes) throws IOException {
        Process writer = WritingProcess.start(volume.base(), seed, writes);
        started.add(writer);
        return writer;
    }

    @Test
    void twoProcessesCanWriteTheSameArtifacts() throws Exception {
        Volume volume = new Volume(temporary);
        Process first = write(volume, 1, 30);
        Process second = write(volume, 2, 30);
        while (first.isAlive() || second.isAlive()) {
            volume.everyVisibleFileIsWholeOrGone();
        }
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        volume.everyVisibleFileIsWhole();
        assertThat(volume.names()).noneMatch(StoredNames::isTemp);
    }

    /** The volume to which the writers write the artifacts of one object. */
    private record Volume(Path base) {

        void everyVisibleFileIsWhole() throws IOException {
            for (String name : names()) {
                if (!name.startsWith(".")) {
                    assertThat(digest(directory().resolve(name))).as(name).isIn(expected(name));
                }
            }
        }

        void everyVisibleFileIsWholeOrGone() throws IOException {
            try {
                everyVisibleFileIsWhole();
            } catch (NoSuchFileException e) {
                // removed by a writer after the directory was read
            }
        }

        void leavesNothingBehind() throws IOException {
            assertThat(names()).allMatch(name -> name.matches("\\.lock|\\.tmp-[0-9a-f]+|(\\d+|shared)\\.tar\\.gz"));
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
            StorageOptions oneRecord =
                    new StorageOptions(base, "x:1", Duration.ofMinutes(1), 1, DigestAlgorithm.SHA256, false);
            ArtifactStorage storage = new ArtifactStorage(oneRecord, later);
            Artifact shared = WritingProcess.artifact(storage, WritingProcess.SHARED);
            storage.copy(shared, InputStream.nullInputStream()); // the newest artifact is never collected
            new ArtifactStorage(oneRecord, Clock.offset(later, Duration.ofHours(2)))
                    .collectGarbage(shared, Duration.ofSeconds(30));
            assertThat(names()).isSubsetOf(".lock", WritingProcess.SHARED);
        }

        List<String> names() throws IOException {
            if (!Files.exists(directory())) {
                return List.of();
            }
            try (var files = Files.list(directory())) {
                return files.map(file -> file.getFileName().toString()).toList();
            }
        }

        private Path directory() {
            return base.resolve("externalartifact/default/app");
        }

        private static List<String> expected(String name) {
            return name.equals(WritingProcess.SHARED)
                    ? List.of(WritingProcess.digest(0), WritingProcess.digest(1))
                    : List.of(WritingProcess.digest(Integer.parseInt(name.replace(".tar.gz", ""))));
        }

        private static String digest(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return Digest.ofStream(DigestAlgorithm.SHA256, in).toString();
            }
        }
    }
}
