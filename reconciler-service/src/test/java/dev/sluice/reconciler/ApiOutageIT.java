package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.ApiFaults;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.kubetest.proxy.FaultyProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real API server that fails once in every way while a reconciler works. {@link ApiOutagesIT} is the long run. */
@KubernetesTest(TestedApi.REAL)
class ApiOutageIT {

    @TempDir
    Path temporary;

    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger revision = new AtomicInteger();
    private ApiFaults faults;
    private FaultyProxy proxy;
    private Namespaced given;
    private LocalSources sources;
    private RunningReconciler reconciler;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        Assumptions.assumeTrue(api.faults().isPresent(), "this cluster does not support fault injection");
        faults = api.faults().orElseThrow();
        Cluster cluster = new Cluster(api.newClient());
        cluster.installCrds();
        given = new Namespaced(cluster, namespace);
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        publishNext();
        given.generator("one", "");
        proxy = FaultyProxy.inFrontOf(api.url());
        reconciler = RunningReconciler.start(
                api.kubeconfigFor(proxy.urlFor(api.url())), Files.createDirectory(temporary.resolve("volume")));
        given.awaitReady("one");
    }

    @AfterEach
    void stop() throws Exception {
        work.shutdownNow();
        for (AutoCloseable part : Arrays.asList(reconciler, proxy, sources)) {
            if (part != null) { // null if the test was skipped
                part.close();
            }
        }
    }

    @Test
    void resumesAfterEveryOutage() throws Exception {
        var unused = work.scheduleWithFixedDelay(this::tryToPublish, 0, 200, TimeUnit.MILLISECONDS);

        proxy.delay(Duration.ofMillis(50));
        awaitNext();
        proxy.heal();
        proxy.cut();
        awaitNext();
        faults.pause();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        faults.resume();
        awaitNext();
        faults.kill();
        faults.startAgain();
        given.generator("two", "");
        awaitNext();
        given.awaitReady("two");

        work.shutdown();
        assertThat(work.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        int last = publishNext();
        for (String name : new String[] {"one", "two"}) {
            await().atMost(Namespaced.LIMIT).until(() -> offers(name, last));
            given.awaitReady(name);
            assertThat(LocalSources.digest(Namespaced.file(temporary.resolve("volume"), given.artifact(name))))
                    .isEqualTo(given.artifact(name).digest());
        }
    }

    /** Waits for a revision that is published from now on. */
    private void awaitNext() {
        int now = revision.get();
        await("a revision after " + now).atMost(Namespaced.LIMIT).until(() -> {
            for (int i = now + 1; i <= revision.get(); i++) {
                if (offers("one", i)) {
                    return true;
                }
            }
            return false;
        });
    }

    private boolean offers(String name, int number) throws IOException {
        String hash = LocalSources.tree(Map.of("x.yaml", content(number)))
                .contentHash()
                .hex();
        return given.artifact(name).revision().endsWith(hash);
    }

    private int publishNext() throws IOException {
        int number = revision.incrementAndGet();
        sources.publish(given.key("app"), "main@sha1:" + number, Map.of("a/x.yaml", content(number)));
        return number;
    }

    private static String content(int number) {
        return "x: " + number + "\n";
    }

    private void tryToPublish() {
        try {
            publishNext();
        } catch (IOException | RuntimeException e) {
            // API failures are expected; an exception here would end the schedule
            revision.get();
        }
    }
}
