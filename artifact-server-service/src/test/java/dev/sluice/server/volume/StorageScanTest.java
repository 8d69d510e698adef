package dev.sluice.server.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.ArtifactServerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.scheduling.support.SimpleTriggerContext;

class StorageScanTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    @TempDir
    Path base;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private StorageScan scan(Duration interval) {
        return new StorageScan(new ArtifactServerSettings(base, false, 0, interval), registry);
    }

    private double gauge(String name) {
        return registry.get("sluice.storage." + name).gauge().value();
    }

    @Test
    void countsServedFiles() throws IOException {
        Path app = Files.createDirectories(base.resolve("externalartifact/default/app"));
        Files.writeString(app.resolve("a.tar.gz"), "12345");
        Files.writeString(app.resolve("b.tar.gz"), "123");
        Files.writeString(app.resolve(".hidden"), "1");
        scan(INTERVAL).scan();

        assertThat(gauge("artifacts")).isEqualTo(2);
        assertThat(gauge("bytes")).isEqualTo(8);
    }

    @Test
    void anIncompletelyReadDirectoryDoesNotEndTheScan() throws IOException {
        VolumeCount count = new VolumeCount(base);
        FileSystemException broken = new FileSystemException("x", null, "Input/output error");

        assertThat(count.postVisitDirectory(base.resolve("a"), broken)).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(count.visitFileFailed(base.resolve("b"), broken)).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(count.failures()).isEqualTo(2);
        assertThat(count.firstFailure()).containsSame(broken);
        assertThatThrownBy(() -> count.postVisitDirectory(base, broken)).isSameAs(broken);
    }

    @Test
    void aFileDeletedDuringTheScanIsNotAFailure() throws IOException {
        VolumeCount count = new VolumeCount(base);

        assertThat(count.visitFileFailed(base.resolve("a"), new NoSuchFileException("a")))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(count.failures()).isZero();
    }

    @Test
    void thePauseGrowsWithTheDurationOfTheScan() {
        StorageScan scan = scan(INTERVAL);
        SimpleTriggerContext context = new SimpleTriggerContext(Clock.fixed(START, ZoneOffset.UTC));
        assertThat(scan.next(context)).isEqualTo(START.plusSeconds(5));

        Instant quick = START.plusSeconds(2);
        context.update(START, START, quick);
        assertThat(scan.next(context)).isEqualTo(quick.plus(INTERVAL));

        Instant slow = START.plus(Duration.ofMinutes(5));
        context.update(START, START, slow);
        assertThat(scan.next(context)).isEqualTo(slow.plus(Duration.ofMinutes(100)));
    }

    @Test
    void scansCanBeDisabled() {
        ScheduledTaskRegistrar tasks = new ScheduledTaskRegistrar();
        scan(Duration.ZERO).configureTasks(tasks);
        assertThat(tasks.hasTasks()).isFalse();
        assertThat(gauge("bytes"))
                .as("exists for alerts on absent servers, without a value")
                .isNaN();

        new StorageScan(new ArtifactServerSettings(base, false, 0, INTERVAL), new SimpleMeterRegistry())
                .configureTasks(tasks);
        assertThat(tasks.hasTasks()).isTrue();
    }
}
