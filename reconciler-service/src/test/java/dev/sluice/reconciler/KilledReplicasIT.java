package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas, one of which is killed, paused or terminated every few seconds and replaced. */
@DisabledOnOs(OS.WINDOWS)
class KilledReplicasIT {

    private static final int GENERATORS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @TempDir
    Path temporary;

    private final ScheduledExecutorService work = Executors.newScheduledThreadPool(2);
    private final Random random = new Random();
    private final Map<String, Integer> done = new ConcurrentSkipListMap<>();
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
    @Tag("soak")
    void oneReplicaWritesInEachTermAndEverythingConverges() throws Exception {
        disturbFor(Duration.ofSeconds(Integer.getInteger("sluice.soak.seconds", 600)));
    }

    private void disturbFor(Duration time) throws Exception {
        List<ReconcilerProcess> pair = new ArrayList<>(List.of(replicas.startNext("a"), replicas.startNext("b")));
        var unused = work.scheduleWithFixedDelay(this::changeSource, 0, 250, TimeUnit.MILLISECONDS);
        var unusedToo = work.scheduleWithFixedDelay(this::lookWhoLeads, 0, 50, TimeUnit.MILLISECONDS);
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2_000 + random.nextInt(6_000)));
            disturb(pair, random.nextInt(2));
            assertWritesAreContiguous();
        }
        work.shutdown();
        assertThat(work.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(Namespaced.LIMIT).until(() -> !replicas.leader().isEmpty());
        replicas.awaitContent(replicas.changeSource(), GENERATORS, Duration.ofMinutes(2));
        replicas.leader(); // the last term may have started after the schedule ended
        assertWritesAreContiguous();
        assertThat(done.get("changes")).as("%s", done).isGreaterThan((int) time.toSeconds());
        int files = replicas.assertVolumeWrittenByLeadersOnly();
        System.out.println("KilledReplicasIT: " + time.toSeconds() + " s, " + replicas.started() + " processes, " + done
                + ", " + replicas.terms() + " terms, " + files + " files, writers " + replicas.writersOfTheApi());
    }

    private void disturb(List<ReconcilerProcess> pair, int which) throws Exception {
        ReconcilerProcess process = pair.get(which);
        String team = which == 0 ? "a" : "b";
        int choice = random.nextInt(3);
        if (choice == 0) {
            count("killed");
            process.kill();
        } else if (choice == 1) {
            count("terminated");
            process.terminate();
        } else {
            count("paused");
            process.pause();
            LockSupport.parkNanos(PAUSE.toNanos());
            process.resume();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        if (choice < 2) {
            process.awaitEnd();
        }
        if (!process.isAlive()) {
            pair.set(which, replicas.startNext(team));
        }
    }

    /** Checks that the writes of each process are contiguous, because a process never leads twice. */
    private void assertWritesAreContiguous() {
        List<String> writers = replicas.writersOfTheApi();
        assertThat(writers).doesNotHaveDuplicates();
        assertThat(new HashSet<>(writers)).hasSizeLessThanOrEqualTo(replicas.started());
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private void changeSource() {
        try {
            replicas.changeSource();
            count("changes");
        } catch (IOException | RuntimeException e) {
            // an exception here would end the schedule silently
            count("changes failed: " + e);
        }
    }

    private void lookWhoLeads() {
        try {
            replicas.leader();
        } catch (RuntimeException e) {
            count("looks failed: " + e);
        }
    }
}
