package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two shards, and generators that move between them. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class ShardingIT {

    @TempDir
    Path temporary;

    private Cluster cluster;
    private Namespaced given;
    private LocalSources sources;

    @SuppressWarnings("NullAway.Init") // started by each test
    private RunningReconciler red;

    @SuppressWarnings("NullAway.Init") // started by each test
    private RunningReconciler blue;

    @BeforeEach
    void publish(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        cluster = new Cluster(api.newClient());
        cluster.installCrds();
        given = new Namespaced(cluster, namespace);
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        sources.publish(given.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        given.generator("moving", "shard: red");
        given.generator("blue", "shard: blue");
        given.generator("nobodys", "");
    }

    @AfterEach
    void stop() {
        red.close();
        blue.close();
        sources.close();
    }

    @Test
    void movesAGeneratorBetweenShardsOnOneVolumeWithoutARebuild(KubernetesApi api) throws IOException {
        Path volume = Files.createDirectory(temporary.resolve("volume"));
        red = shard(api, "red", volume, "artifacts.test");
        blue = shard(api, "blue", volume, "artifacts.test");
        awaitBoth();
        String version = given.version("moving");
        Path file = Namespaced.file(volume, given.artifact("moving"));
        Object inode = Files.getAttribute(file, "unix:ino");

        given.label("moving", "{\"shard\":\"blue\"}");
        given.request("moving");
        sweepOnce(red);

        assertThat(given.version("moving")).isEqualTo(version);
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
        assertThat(cluster.externalArtifact(given.key("nobodys"))).isEmpty();

        sources.publish(given.key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));
        await().atMost(Namespaced.LIMIT).until(() -> !given.version("moving").equals(version));

        cluster.deleteGenerator(given.key("moving"));
        await().atMost(Namespaced.LIMIT)
                .until(() -> cluster.externalArtifact(given.key("moving")).isEmpty());
        await().atMost(Namespaced.LIMIT).until(() -> !Files.exists(Objects.requireNonNull(file.getParent())));
    }

    @Test
    void keepsTheArtifactsOfAGeneratorWithoutShard(KubernetesApi api) throws IOException {
        Path volume = Files.createDirectory(temporary.resolve("volume"));
        red = shard(api, "red", volume, "artifacts.test");
        blue = shard(api, "blue", volume, "artifacts.test");
        awaitBoth();
        ExternalArtifact published = given.awaitArtifact("moving");

        given.label("moving", "{\"shard\":null}");
        sources.publish(given.key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));
        await().atMost(Namespaced.LIMIT)
                .until(() -> !given.artifact("blue")
                        .revision()
                        .equals(published.artifact().orElseThrow().revision()));
        sweepOnce(red);

        assertThat(cluster.externalArtifact(given.key("moving"))).contains(published);
        assertThat(Namespaced.file(volume, published.artifact().orElseThrow())).exists();
    }

    @Test
    void rebuildsAGeneratorThatMovesToAnotherVolume(KubernetesApi api) throws IOException {
        Path redVolume = Files.createDirectory(temporary.resolve("red"));
        Path blueVolume = Files.createDirectory(temporary.resolve("blue"));
        red = shard(api, "red", redVolume, "red.test");
        blue = shard(api, "blue", blueVolume, "blue.test");
        awaitBoth();
        ExternalArtifact before = given.awaitArtifact("moving");
        Artifact offered = before.artifact().orElseThrow();

        given.label("moving", "{\"shard\":\"blue\"}");

        await().atMost(Namespaced.LIMIT)
                .until(() -> given.artifact("moving").url().startsWith("http://blue.test/"));
        ExternalArtifact after = given.awaitArtifact("moving");
        assertThat(after.metadata().getUid()).isEqualTo(before.metadata().getUid());
        assertThat(after.artifact().orElseThrow().revision()).isEqualTo(offered.revision());
        assertThat(Namespaced.file(blueVolume, after.artifact().orElseThrow())).exists();
        await().atMost(Namespaced.LIMIT).until(() -> !Files.exists(Namespaced.file(redVolume, offered)));
        assertThat(cluster.externalArtifact(given.key("moving"))).contains(after);

        given.label("moving", "{\"shard\":\"red\"}");
        await().atMost(Namespaced.LIMIT)
                .until(() -> given.artifact("moving").url().startsWith("http://red.test/"));
        assertThat(Namespaced.file(redVolume, offered)).exists();
    }

    private void awaitBoth() {
        given.awaitArtifact("moving");
        given.awaitArtifact("blue");
        given.awaitReady("moving");
        given.awaitReady("blue");
    }

    /** Creates an orphan and waits until it is removed, which shows that a sweep has run. */
    private void sweepOnce(RunningReconciler shard) throws IOException {
        Path storage = shard.bean(ReconcilerSettings.class).storagePath();
        long before = shard.bean(VolumeMaintenance.class).stats().orphansRemoved()
                + other(shard).bean(VolumeMaintenance.class).stats().orphansRemoved();
        Files.createDirectories(
                storage.resolve("externalartifact").resolve(given.namespace()).resolve("orphan"));
        await().atMost(Namespaced.LIMIT)
                .until(() -> shard.bean(VolumeMaintenance.class).stats().orphansRemoved()
                                + other(shard)
                                        .bean(VolumeMaintenance.class)
                                        .stats()
                                        .orphansRemoved()
                        > before);
    }

    private RunningReconciler other(RunningReconciler shard) {
        return shard.equals(red) ? blue : red;
    }

    private static RunningReconciler shard(KubernetesApi api, String name, Path volume, String address) {
        return RunningReconciler.start(
                api,
                volume,
                "--watch-label-selector=shard=" + name,
                "--storage-adv-addr=" + address,
                "--sluice.volume.tick=100ms",
                "--sluice.volume.sweep-every=200ms",
                "--sluice.volume.orphan-grace=" + Duration.ofSeconds(1).toMillis() + "ms");
    }
}
