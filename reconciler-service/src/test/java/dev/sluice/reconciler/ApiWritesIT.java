package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.kubeapi.fault.RequestLog;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorList;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the API writes caused by one source of a hundred generators. */
class ApiWritesIT {

    private static final int GENERATORS = 100;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path temporary;

    private KubeApi api;
    private Cluster cluster;
    private Namespaced given;
    private LocalSources sources;
    private RunningReconciler reconciler;
    private String seen = "";

    /** Writes of objects in the last count, without events, which are asynchronous. */
    private int writesOfObjects;

    @BeforeEach
    void start() throws IOException {
        api = KubeApi.start(KubeApiOptions.defaults());
        Path kubeconfig = temporary.resolve("kubeconfig");
        api.writeKubeconfig(kubeconfig);
        cluster = new Cluster(Config.fromUrl(api.url().toString(), false));
        cluster.installCrds();
        given = new Namespaced(cluster, "default");
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        sources.publish(given.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "other", "1"));
        for (int i = 0; i < GENERATORS; i++) {
            given.generator("g" + i, "");
        }
        reconciler = RunningReconciler.start(
                kubeconfig,
                Files.createDirectory(temporary.resolve("storage")),
                "--kube-api-qps=5000",
                "--kube-api-burst=5000",
                "--progress-delay=1h");
    }

    @AfterEach
    void stop() throws IOException {
        reconciler.close();
        sources.close();
        api.close();
    }

    @Test
    void aRevisionCausesOnlyNecessaryWrites() throws IOException {
        awaitHandled(1);
        assertThat(writes())
                .containsEntry("PATCH artifactgenerators", GENERATORS) // the finalizer
                .containsEntry("PATCH artifactgenerators/status", 2 * GENERATORS) // progressing, ready
                .containsEntry("PATCH externalartifacts", GENERATORS)
                .containsEntry("PATCH externalartifacts/status", GENERATORS)
                .hasSize(5); // including events

        sources.publish(given.key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n", "other", "1"));
        awaitHandled(2);
        assertThat(writes())
                .containsEntry("PATCH artifactgenerators/status", GENERATORS)
                .containsEntry("PATCH externalartifacts/status", GENERATORS)
                .hasSize(3);

        Artifact third = sources.publish(given.key("app"), "main@sha1:3", Map.of("a/x.yaml", "x: 2\n", "other", "2"));
        awaitHandled(3);
        assertThat(writes())
                .containsEntry("PATCH artifactgenerators/status", GENERATORS)
                .containsOnlyKeys("PATCH artifactgenerators/status", "events");

        cluster.edit(
                ArtifactGenerator.TYPE.kind(),
                given.key("g0"),
                "{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\"now\"}}}");
        sources.offer(given.key("app"), later(third));
        await().atMost(LIMIT).until(() -> generators().stream().anyMatch(this::hasHandledNow));
        assertThat(writes()).as("unchanged source").contains(Map.entry("PATCH artifactgenerators/status", 1));
        assertThat(writesOfObjects).as("no other object changed").isOne();
    }

    private static Artifact later(Artifact artifact) {
        return artifact.withFile(
                Objects.requireNonNull(artifact.digest()),
                Objects.requireNonNull(artifact.size()),
                Instant.now().plusSeconds(60));
    }

    private boolean hasHandledNow(ArtifactGenerator generator) {
        return generator.status() != null && "now".equals(generator.status().lastHandledReconcileAt());
    }

    /**
     * Waits until every generator is ready and has observed another state of its sources than in the previous round.
     */
    private void awaitHandled(int round) throws IOException {
        await("round " + round)
                .atMost(LIMIT)
                // polled rarely, because a list of all generators is expensive
                .pollDelay(Duration.ofSeconds(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> generators().stream().allMatch(this::hasSeenMore));
        seen = digestOf(generators().get(0));
        await("the last event").pollDelay(Duration.ofMillis(300)).atMost(LIMIT).until(() -> true);
    }

    private List<ArtifactGenerator> generators() throws IOException {
        return cluster.requests()
                .list(ArtifactGenerator.TYPE.kind(), "default", Map.of(), ArtifactGeneratorList.class)
                .getItems();
    }

    private boolean hasSeenMore(ArtifactGenerator generator) {
        return !digestOf(generator).isEmpty()
                && !digestOf(generator).equals(seen)
                && Conditions.find(generator.conditions(), ConditionTypes.READY)
                        .filter(ready -> Conditions.TRUE.equals(ready.getStatus()))
                        .isPresent();
    }

    private static String digestOf(ArtifactGenerator generator) {
        return generator.status() == null
                ? ""
                : Objects.requireNonNullElse(generator.status().observedSourcesDigest(), "");
    }

    /** Writes of the reconciler since the last call, by method, kind and subresource; all events are one entry. */
    private Map<String, Integer> writes() {
        RequestLog log = api.faults().requests();
        assertThat(log.dropped()).isZero();
        Map<String, Integer> counts = new TreeMap<>();
        for (RequestLog.Entry entry : log.entries()) {
            if (entry.userAgent().startsWith("source-watcher/")
                    && !entry.method().equals("GET")) {
                String[] parts = entry.path().split("/", -1);
                String kind = entry.path().contains("/events") ? "events" : parts[6];
                String sub = parts.length > 8 ? "/" + parts[8] : "";
                counts.merge(kind.equals("events") ? "events" : entry.method() + " " + kind + sub, 1, Integer::sum);
            }
        }
        log.clear();
        writesOfObjects = counts.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("events"))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return counts;
    }
}
