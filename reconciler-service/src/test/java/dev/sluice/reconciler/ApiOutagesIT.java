package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.proxy.FaultyProxy;
import dev.sluice.kubetest.real.KubeAssets;
import dev.sluice.kubetest.real.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real kube-apiserver, its etcd and the connection to it, disturbed every few seconds while two replicas work. */
@DisabledOnOs(OS.WINDOWS)
@Tag("soak")
class ApiOutagesIT {

    private static final int GENERATORS = 5;

    @TempDir
    Path temporary;

    private final ScheduledExecutorService work = Executors.newScheduledThreadPool(1);
    private final Random random = new Random();
    private final Map<String, Integer> done = new ConcurrentSkipListMap<>();
    private final List<ReconcilerProcess> pair = new ArrayList<>();
    private AuditedApi api;
    private Replicas replicas;

    /** A temporary disturbance of the API. */
    private interface Disturbance {
        void happen() throws Exception;
    }

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(KubeAssets.find().isPresent(), "no kube-apiserver found: set KUBEBUILDER_ASSETS");
        api = AuditedApi.start(KubeAssets.find().orElseThrow(), temporary);
        replicas = Replicas.open(api, temporary, GENERATORS);
    }

    @AfterEach
    void close() throws IOException {
        work.shutdownNow();
        if (replicas != null) {
            replicas.close();
        }
    }

    @Test
    void convergesAfterDisturbancesWithWritesOfTheLeaderOnly() throws Exception {
        Duration time = Duration.ofSeconds(Integer.getInteger("sluice.soak.seconds", 300));
        pair.addAll(List.of(replicas.startNext("a"), replicas.startNext("b")));
        var unused = work.scheduleWithFixedDelay(this::changeSource, 0, 250, TimeUnit.MILLISECONDS);
        List<Map.Entry<String, Disturbance>> disturbances =
                List.copyOf(disturbances().entrySet());
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            pause(1_000 + random.nextInt(4_000));
            // in turn, so that each is used
            Map.Entry<String, Disturbance> next = disturbances.get(i % disturbances.size());
            next.getValue().happen();
            count(next.getKey());
            replaceThoseThatEnded();
        }
        work.shutdown();
        assertThat(work.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertConverged(time);
    }

    private Map<String, Disturbance> disturbances() {
        RealApiServer server = api.server();
        FaultyProxy proxy = api.proxy();
        Map<String, Disturbance> all = new LinkedHashMap<>();
        all.put("API paused", () -> during(server::pause, 1_000 + random.nextInt(7_000), server::resume));
        all.put("etcd paused", () -> during(server::pauseStore, 1_000 + random.nextInt(7_000), server::resumeStore));
        all.put("connections cut", proxy::cut);
        all.put("API killed", () -> during(server::kill, 1_000, server::startAgain));
        all.put("connections half open", proxy::strand);
        all.put("slow connection", () -> during(() -> proxy.delay(Duration.ofMillis(300)), 5_000, proxy::heal));
        all.put("etcd killed", server::restartStore);
        all.put("API restarted", server::restart);
        all.put("no connection", () -> during(proxy::hang, 5_000, proxy::heal));
        return all;
    }

    private static void during(Disturbance begin, int millis, Disturbance end) throws Exception {
        begin.happen();
        pause(millis);
        end.happen();
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /**
     * Restarts ended processes, as a kubelet does. A process may end only after losing its lease, at most once for each
     * disturbance.
     */
    private void replaceThoseThatEnded() throws Exception {
        for (ReconcilerProcess process : List.copyOf(pair)) {
            if (!process.isAlive()) {
                assertThat(Files.readString(process.log()))
                        .as(process.lastLines())
                        .contains("lost the lease");
                pair.set(
                        pair.indexOf(process), replicas.startNext(process.name().substring(0, 1)));
            }
        }
    }

    private void assertConverged(Duration time) throws Exception {
        String content = await().atMost(Duration.ofMinutes(1))
                .ignoreException(IOException.class)
                .until(replicas::changeSource, changed -> true);
        replaceThoseThatEnded();
        replicas.awaitContent(content, GENERATORS, Duration.ofMinutes(3));
        for (int i = 0; i < GENERATORS; i++) {
            replicas.given().awaitReady("g" + i);
        }
        replicas.assertNothingLostOrDoubled(GENERATORS);
        List<String> writers = replicas.writersOfTheApi();
        assertThat(writers).as("a process never leads twice").doesNotHaveDuplicates();
        System.out.println("ApiOutagesIT: " + time.toSeconds() + " s, " + replicas.started() + " processes, " + done
                + ", writers " + writers);
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private void changeSource() {
        try {
            replicas.changeSource();
            count("changes");
        } catch (IOException | RuntimeException e) {
            count("changes that failed");
        }
    }
}
