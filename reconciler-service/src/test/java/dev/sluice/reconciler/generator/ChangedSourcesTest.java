package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChangedSourcesTest {

    private static final SourceKey OWN = source("apps", "app");

    private final FakeCluster cluster = new FakeCluster().with(Samples.generator("gen", "a"));
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private static SourceKey source(String namespace, String name) {
        return new SourceKey("GitRepository", namespace, name);
    }

    @Test
    void queuesASourceOnceUntilItsTurn() {
        List<ObjectKey> enqueued = new ArrayList<>();
        ChangedSources changes = new ChangedSources(cluster::using, enqueued::add, tasks::add);
        changes.add(OWN);
        changes.add(OWN);
        changes.add(OWN);

        work();
        assertThat(enqueued).containsExactly(Samples.key("gen"));

        changes.add(OWN);
        work();
        assertThat(enqueued).containsExactly(Samples.key("gen"), Samples.key("gen"));
    }

    @Test
    void namespacesTakeTurns() {
        List<SourceKey> asked = new ArrayList<>();
        ChangedSources changes = changes(asked);
        changes.add(source("loud", "a"));
        changes.add(source("loud", "b"));
        changes.add(source("loud", "c"));
        changes.add(source("quiet", "a"));

        work();

        assertThat(asked)
                .containsExactly(source("loud", "a"), source("quiet", "a"), source("loud", "b"), source("loud", "c"));
    }

    @Test
    void continuesAfterAFailure() {
        List<SourceKey> asked = new ArrayList<>();
        ChangedSources changes = changes(asked);
        changes.add(source("fails", "a"));
        changes.add(OWN);

        work();
        changes.add(OWN);
        work();

        assertThat(asked).containsExactly(source("fails", "a"), OWN, OWN);
    }

    @Test
    @Timeout(60)
    void addDoesNotBlock() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        List<ObjectKey> enqueued = new CopyOnWriteArrayList<>();
        ChangedSources changes = new ChangedSources(cluster::using, key -> {
            awaitQuietly(told);
            enqueued.add(key);
        });

        changes.add(OWN);
        changes.add(OWN);
        told.countDown();

        await().until(() -> enqueued.contains(Samples.key("gen")));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records the requested sources; fails for those of one namespace. */
    private ChangedSources changes(List<SourceKey> asked) {
        return new ChangedSources(
                source -> {
                    asked.add(source);
                    if (source.namespace().equals("fails")) {
                        throw new IllegalStateException("no index");
                    }
                    return List.of();
                },
                key -> {},
                tasks::add);
    }

    private void work() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
