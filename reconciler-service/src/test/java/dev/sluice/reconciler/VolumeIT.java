package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the volume maintenance in the whole reconciler. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class VolumeIT {

    private static final String[] OFTEN = {
        "--sluice.volume.tick=100ms",
        "--sluice.volume.verify-every=200ms",
        "--sluice.volume.sweep-every=200ms",
        "--sluice.volume.orphan-grace=1s"
    };

    @TempDir
    Path temporary;

    private Cluster cluster;
    private Namespaced given;
    private LocalSources sources;
    private Path storage;
    private RunningReconciler reconciler;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        cluster = new Cluster(api.newClient());
        cluster.installCrds();
        given = new Namespaced(cluster, namespace);
        storage = Files.createDirectory(temporary.resolve("storage"));
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        sources.publish(given.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        given.generator("one", "");
        reconciler = RunningReconciler.start(api, storage, OFTEN);
        given.awaitArtifact("one");
        given.awaitReady("one");
    }

    @AfterEach
    void stop() {
        reconciler.close();
        sources.close();
    }

    @Test
    void repairsDamagedFilesWithoutATrigger() throws IOException {
        Artifact artifact = given.artifact("one");
        Path file = Namespaced.file(storage, artifact);
        byte[] content = Files.readAllBytes(file);
        FileTime time = Files.getLastModifiedTime(file);
        byte[] rotten = content.clone();
        rotten[20] ^= 1;
        Files.write(file, rotten);
        Files.setLastModifiedTime(file, time);

        await().atMost(Namespaced.LIMIT).untilAsserted(() -> {
            assertThat(file).hasBinaryContent(content);
            assertThat(reconciler.bean(VolumeMaintenance.class).stats().repaired())
                    .isPositive();
        });
        assertThat(reconciler.bean(VolumeMaintenance.class).stats().corrupted()).isOne();
        assertThat(counted("corrupted")).isOne();
        assertThat(counted("repaired")).isPositive();
        // the pass that found the damage may have found no intact file; the next one does
        await().atMost(Namespaced.LIMIT)
                .untilAsserted(() -> assertThat(counted("verified")).isPositive());
        assertThat(given.artifact("one").digest()).isEqualTo(artifact.digest());
    }

    @Test
    void removesOrphansOnly() throws IOException {
        cluster.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: ExternalArtifact
                metadata: {name: foreign, namespace: %s}
                spec: {sourceRef: {kind: Release, name: mine}}
                """.formatted(given.namespace()));
        Path foreign = directory("foreign");
        Path otherKind = Files.createDirectories(storage.resolve("gitrepository/x/y"));
        Path orphan = directory("orphan");

        // orphans of earlier tests may be removed before it
        await().atMost(Namespaced.LIMIT).untilAsserted(() -> {
            assertThat(orphan).doesNotExist();
            assertThat(reconciler.bean(VolumeMaintenance.class).stats().orphansRemoved())
                    .isPositive();
        });
        assertThat(foreign).exists();
        assertThat(otherKind).exists();
        assertThat(Namespaced.file(storage, given.artifact("one"))).exists();
        assertThat(counted("orphans.removed")).isPositive();
    }

    @Test
    void keepsTheVolumeIdentityAcrossARestart(KubernetesApi api) throws IOException {
        Optional<VolumeIdentity> identity = VolumeIdentity.read(storage);
        assertThat(identity).isPresent();

        reconciler.close();
        reconciler = RunningReconciler.start(api, storage);

        assertThat(VolumeIdentity.read(storage)).isEqualTo(identity);
    }

    private double counted(String name) {
        return reconciler
                .bean(MeterRegistry.class)
                .get("sluice.volume." + name)
                .functionCounter()
                .count();
    }

    private Path directory(String name) throws IOException {
        Path directory = Files.createDirectories(
                storage.resolve("externalartifact").resolve(given.namespace()).resolve(name));
        Files.writeString(directory.resolve("1.tar.gz"), "left behind");
        return directory;
    }
}
