package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.RunningController.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upgrade of a volume that an earlier version wrote (layout 1, content hash {@code sluice-tree/1}); the volume is a
 * test resource. If one of the two changes, keep this volume, make the new version read it, and add another volume.
 */
class UpgradeIT {

    private static final String NAMESPACE = "upgrade";
    private static final Map<String, String> REVISIONS = Map.of(
            "part-a", "75c0a6875c16799f4471fc10fdca4e7e5735234aba24e0eff58b300ff640eabb",
            "part-b", "78d6419e5c6db3b4da26db507cdff6f1ae1d68b7eb82f7718b47c3ece01d3dd8");
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-11-23T00:26:13Z"));

    @TempDir
    Path temporary;

    private RealCluster cluster;
    private Path volume;

    @BeforeEach
    void copyVolume() throws IOException, InterruptedException {
        cluster = RealCluster.orSkip();
        volume = temporary.resolve("volume");
        Path stored = Path.of("src/test/resources/dev/sluice/deploy/volume-layout-1");
        try (Stream<Path> paths = Files.walk(stored)) {
            for (Path path : paths.toList()) {
                Path copy = volume.resolve(stored.relativize(path).toString());
                Files.copy(path, copy);
                Files.setLastModifiedTime(copy, LONG_AGO);
            }
        }
    }

    @Test
    void takesOverOlderVolumeUnchanged() throws Exception {
        cluster.createNamespace(NAMESPACE);
        GeneratorObjects objects = new GeneratorObjects(cluster, NAMESPACE);
        Map<String, FileTime> before = artifactTimes();
        assertThat(before).hasSize(2);
        try (FakeSources sources = new FakeSources(cluster, Files.createDirectory(temporary.resolve("offered")))) {
            sources.offer(NAMESPACE, "app", "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
            objects.apply();
            try (RunningController sluice = RunningController.sluice(place(NAMESPACE))) {
                objects.reconcile();
                sluice.terminate();
            }
        }

        REVISIONS.forEach(
                (name, hash) -> assertThat(objects.get("externalartifact", name, "{.status.artifact.revision}"))
                        .isEqualTo("latest@sha256:" + hash));
        assertThat(artifactTimes()).as("no file was written").isEqualTo(before);
    }

    @Test
    void refusesVolumeOfNewerVersion() throws Exception {
        Path identity = volume.resolve(".sluice-volume");
        Files.writeString(identity, Files.readString(identity).replace("layout=1", "layout=2"));
        GeneratorObjects objects = GeneratorObjects.inNewNamespace(cluster);

        try (RunningController sluice = RunningController.sluice(place(objects.namespace()))) {
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(
                            () -> assertThat(sluice.log())
                                    .contains(
                                            "has layout 2, but this version supports only layout 1; run the version that wrote it"));
        }
        assertThat(Files.readString(identity)).contains("layout=2");
    }

    private Place place(String namespace) throws IOException {
        Path logs = Files.createDirectory(temporary.resolve("logs"));
        return new Place(cluster.kubeconfig(), namespace, volume, logs);
    }

    private Map<String, FileTime> artifactTimes() throws IOException {
        Map<String, FileTime> times = new HashMap<>();
        try (Stream<Path> paths = Files.walk(volume)) {
            List<Path> files =
                    paths.filter(path -> path.toString().endsWith(".tar.gz")).toList();
            for (Path file : files) {
                times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }
}
