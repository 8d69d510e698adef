package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two processes; the leader is paused during its work for longer than its lease. */
@DisabledOnOs(OS.WINDOWS)
class PausedLeaderIT {

    private static final int GENERATORS = 5;

    @TempDir
    Path temporary;

    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor();
    private Replicas replicas;

    @BeforeEach
    void open() throws IOException {
        replicas = Replicas.open(temporary, GENERATORS);
    }

    @AfterEach
    void close() throws IOException {
        work.shutdownNow();
        replicas.close();
    }

    @Test
    void aLeaderPausedBeyondItsLeaseWritesNothingAndExits() throws Exception {
        ReconcilerProcess first = replicas.start("a-first");
        replicas.awaitLeader(first);
        ReconcilerProcess second = replicas.start("b-second");
        replicas.awaitContent(replicas.changeSource(), GENERATORS, Namespaced.LIMIT);
        var unused = work.scheduleWithFixedDelay(this::changeSource, 0, 150, TimeUnit.MILLISECONDS);

        first.pause();
        replicas.awaitLeader(second);
        await("writes of the second")
                .atMost(Namespaced.LIMIT)
                .until(() -> replicas.writersOfTheApi().contains(second.name()));
        first.resume();

        assertThat(first.awaitEnd()).isEqualTo(1);
        replicas.awaitContent(stopChanging(), GENERATORS, Namespaced.LIMIT);
        assertThat(replicas.writersOfTheApi()).containsExactly("a-first", "b-second");
        assertThat(replicas.assertVolumeWrittenByLeadersOnly()).isGreaterThan(GENERATORS);
    }

    private String stopChanging() throws Exception {
        work.shutdown();
        assertThat(work.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        return replicas.changeSource();
    }

    private void changeSource() {
        try {
            replicas.changeSource();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
