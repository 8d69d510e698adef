package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.metrics.InformerMetrics;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Unreadable objects in a list and in a watch, before and after they become readable. */
@Timeout(120)
class UnreadableObjectsIT {

    private static final String POISON = "{\"artifact\":{\"lastUpdateTime\":\"noon\"}}";
    private static final ObjectKey BAD = new ObjectKey("apps", "bad");

    private final FakeKube kube = new FakeKube();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final Informers informers = new Informers(kube.client(), InformerOptions.DEFAULT);
    private final SharedIndexInformer<GitRepository> informer = informers.add(GitRepository.TYPE, Scope.all());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(UnreadableObjects.class);

    @BeforeEach
    void prepare() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        informer.addEventHandler(new ChangeHandler<>(this::note));
        log.list = new CopyOnWriteArrayList<>(); // informers log concurrently
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        kube.put("bad", "r1");
        kube.put("good", "r1");
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
        informers.close();
        kube.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                POISON,
                "\"text\"",
                "[]",
                "{\"conditions\":{}}",
                "{\"conditions\":[{\"observedGeneration\":1e30}]}",
                "{\"observedGeneration\":99999999999999999999}",
                "{\"artifact\":{\"size\":1.5}}",
                "{\"artifact\":{\"digest\":{}}}",
                "{\"artifact\":{\"metadata\":[\"a\"]}}",
                "{\"artifact\":\"\\\"}]}\"}"
            })
    void listAndWatchContinueAfterAnUnreadableObject(String status) {
        kube.putStatus("bad", status);
        start();
        assertThat(informer.getIndexer().listKeys()).containsExactly("apps/good");
        assertThat(informers.setAside(GitRepository.TYPE.kind())).containsExactly(BAD);

        kube.put("late", "r1");
        await().until(() -> changes.contains("new late r1"));
        kube.putStatus("late", status);
        kube.put("good", "r2");

        await().until(() -> changes.contains("good r1 to r2"));
        assertThat(changes).containsSubsequence("new late r1", "gone late r1");
        assertThat(informer.getIndexer().listKeys()).containsExactly("apps/good");
        assertThat(informers.setAside(GitRepository.TYPE.kind()))
                .containsExactlyInAnyOrder(BAD, new ObjectKey("apps", "late"));
        assertThat(kube.lists).hasSize(1);
        assertThat(kube.watches).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"artifact\":null,\"conditions\":[null]}", "null", "{\"artifact\":{\"metadata\":{\"a\":null}}}"
            })
    void acceptsNulls(String status) {
        kube.putStatus("bad", status);

        start();

        assertThat(informer.getIndexer().listKeys()).containsExactlyInAnyOrder("apps/bad", "apps/good");
    }

    @Test
    void anObjectThatIsReadableAgainIsCached() {
        start();
        kube.putStatus("bad", POISON);
        await().until(() -> changes.contains("gone bad r1"));
        assertThat(informers.whyUnreadable(GitRepository.TYPE.kind(), BAD))
                .hasValueSatisfying(why -> assertThat(why).contains("status.artifact.lastUpdateTime", "noon"));

        kube.put("bad", "r2");

        await().until(() -> changes.contains("new bad r2"));
        assertThat(informers.setAside(GitRepository.TYPE.kind())).isEmpty();
        assertThat(informers.whyUnreadable(GitRepository.TYPE.kind(), BAD)).isEmpty();
    }

    @Test
    void aDeletedObjectIsNoLongerSetAside() {
        kube.putStatus("bad", POISON);
        start();
        kube.delete("bad");
        kube.put("good", "r2");

        await().until(() -> changes.contains("good r1 to r2"));
        assertThat(informers.setAside(GitRepository.TYPE.kind())).isEmpty();
    }

    @Test
    void anObjectThatBecomesUnreadableAtOnceLeavesTheCache() {
        start();
        for (int i = 0; i < 200; i++) {
            kube.put("brief-" + i, "r1");
            kube.putStatus("brief-" + i, POISON);
        }
        kube.put("good", "r2");

        await().until(() -> changes.contains("good r1 to r2"));
        await().untilAsserted(() ->
                assertThat(informer.getIndexer().listKeys()).containsExactlyInAnyOrder("apps/bad", "apps/good"));
        assertThat(informers.setAside(GitRepository.TYPE.kind())).hasSize(200);
    }

    @Test
    void aBrokenWatchResumesAfterTheUnreadableObject() {
        start();
        kube.putStatus("bad", POISON);
        await().until(() -> changes.contains("gone bad r1"));
        int seen = kube.version();

        kube.breakWatches();
        kube.put("good", "r2");

        await().until(() -> changes.contains("good r1 to r2"));
        assertThat(kube.watches.get(1)).containsEntry("resourceVersion", String.valueOf(seen));
        assertThat(kube.lists).hasSize(1);
    }

    @Test
    void aNewListDeterminesWhichObjectsAreSetAside() {
        kube.putStatus("bad", POISON);
        kube.put("other", "r1");
        kube.putStatus("other", POISON);
        start();
        assertThat(informers.countSetAside(GitRepository.TYPE.kind())).isEqualTo(2);

        kube.mode = FakeKube.Watches.REFUSED_GONE;
        kube.breakWatches();
        await().until(() -> kube.watches.size() > 1);
        kube.put("bad", "r2");
        kube.forget();
        kube.mode = FakeKube.Watches.SERVED;

        await().until(() -> changes.contains("new bad r2"));
        assertThat(informers.setAside(GitRepository.TYPE.kind())).containsExactly(new ObjectKey("apps", "other"));
    }

    @Test
    void anObjectThatAnIndexFunctionRefusesIsSetAside() {
        informer.addIndexers(Map.of("revision", source -> {
            if (revision(source).equals("refused")) {
                throw new IllegalStateException("no such revision");
            }
            return List.of(revision(source));
        }));
        start();
        kube.put("bad", "refused");
        kube.put("good", "r2");

        await().until(() -> changes.contains("good r1 to r2"));
        assertThat(informers.setAside(GitRepository.TYPE.kind())).containsExactly(BAD);
    }

    @Test
    void logsEachObjectOnceAndAgainForAnotherReason() {
        kube.putStatus("bad", POISON);
        start();
        kube.putStatus("bad", POISON);
        kube.putStatus("bad", "{\"artifact\":[]}");
        kube.put("good", "r2");
        await().until(() -> changes.contains("good r1 to r2"));

        assertThat(log.list).hasSize(2).allSatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(String.valueOf(event.getKeyValuePairs()))
                    .contains("GitRepository", "apps", "bad", "status.artifact");
        });
    }

    @Test
    void countsObjectsThatAreSetAside() {
        MeterRegistry registry = new SimpleMeterRegistry();
        InformerMetrics.register(informers, registry);
        kube.putStatus("bad", POISON);
        start();
        assertThat(registry.get("sluice.objects.set.aside")
                        .tag("kind", "GitRepository")
                        .gauge()
                        .value())
                .isEqualTo(1);

        kube.put("bad", "r2");
        await().until(() -> changes.contains("new bad r2"));

        assertThat(registry.get("sluice.objects.set.aside").gauge().value()).isZero();
        assertThat(registry.get("sluice.objects.unreadable").functionCounter().count())
                .isEqualTo(1);
    }

    private void start() {
        informers.start();
        await().until(informers::hasSynced);
        await().until(() -> !changes.isEmpty());
    }

    private void note(@Nullable GitRepository before, @Nullable GitRepository after) {
        if (before == null && after != null) {
            changes.add("new " + after.key().name() + " " + revision(after));
        } else if (before != null && after == null) {
            changes.add("gone " + before.key().name() + " " + revision(before));
        } else if (before != null && after != null) {
            changes.add(after.key().name() + " " + revision(before) + " to " + revision(after));
        }
    }

    private static String revision(GitRepository repository) {
        return repository.artifact().map(Artifact::revision).orElse("none");
    }
}
