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
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(3600)
class KillSafetyIT {

    @TempDir
    Path base;

    private final Random random = new Random();
    private Path directory;
    private @Nullable Process running;

    @BeforeEach
    void locate() {
        directory = base.resolve("externalartifact/default/app");
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.destroyForcibly();
        }
    }

    @Test
    void aProcessKilledAtAnyMomentLeavesOnlyWholeFiles() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int kills = 0;
        while (kills < 3 || System.nanoTime() < end) {
            killOneWriter();
            kills++;
        }
        leavesNothingBehind();
        System.out.println("KillSafetyIT: " + kills + " kills");
    }

    @Test
    @Tag("soak")
    void aThousandKillsLeaveOnlyWholeFiles() throws Exception {
        for (int kills = 0; kills < 1000; kills++) {
            killOneWriter();
        }
        leavesNothingBehind();
        System.out.println("KillSafetyIT: 1000 kills");
    }

    private void killOneWriter() throws Exception {
        Process writer = WritingProcess.start(base, random.nextLong(), Integer.MAX_VALUE);
        running = writer;
        assertThat(writer.getInputStream().read()).as("the writer started").isEqualTo('w');
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(300_000)));
        writer.destroyForcibly();
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        everyVisibleFileIsWhole();
    }

    private void everyVisibleFileIsWhole() throws IOException {
        for (String name : names()) {
            if (!name.startsWith(".")) {
                assertThat(digest(directory.resolve(name))).as(name).isIn(expected(name));
            }
        }
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

    private List<String> names() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void leavesNothingBehind() throws IOException {
        assertThat(names()).allMatch(name -> name.matches("\\.lock|\\.tmp-[0-9a-f]+|(\\d+|shared)\\.tar\\.gz"));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
        ArtifactStorage storage = new ArtifactStorage(StorageOptions.of(base, "x:1"), later);
        storage.collectGarbage(WritingProcess.artifact(storage, WritingProcess.SHARED), Duration.ofSeconds(30));
        assertThat(names()).isSubsetOf(".lock", WritingProcess.SHARED);
    }

    @Test
    void twoProcessesMayWriteTheSameArtifacts() throws Exception {
        Process first = WritingProcess.start(base, 1, 30);
        Process second = WritingProcess.start(base, 2, 30);
        running = second;
        while (first.isAlive() || second.isAlive()) {
            everyVisibleFileIsWholeOrGone();
        }
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        everyVisibleFileIsWhole();
        assertThat(names()).noneMatch(StoredNames::isTemp);
    }

    private void everyVisibleFileIsWholeOrGone() throws IOException {
        try {
            everyVisibleFileIsWhole();
        } catch (NoSuchFileException e) {
            // removed by a writer since the directory was read
        }
    }
}
