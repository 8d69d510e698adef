package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.deploy.RunningController.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migration from the real source-watcher to Sluice and back, on one volume and a real API server. */
@Tag("root")
class MigrationIT {

    @TempDir
    Path temporary;

    @Test
    void migratesBothWaysWithoutRollOut() throws Exception {
        Reference reference = Reference.orSkip();
        assumeTrue(Tool.run(List.of("unshare", "--mount", "true")).code() == 0, "needs mount namespaces");
        RealCluster cluster = RealCluster.orSkip();
        GeneratorObjects objects = GeneratorObjects.inNewNamespace(cluster);
        Place place = new Place(
                cluster.kubeconfig(),
                objects.namespace(),
                Files.createDirectory(temporary.resolve("volume")),
                Files.createDirectory(temporary.resolve("logs")));
        try (FakeSources sources = new FakeSources(cluster, Files.createDirectory(temporary.resolve("offered")))) {
            sources.offer(
                    objects.namespace(), "app", "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
            Map<String, String> before;
            try (RunningController sourceWatcher = RunningController.sourceWatcher(place, reference)) {
                objects.apply();
                objects.reconcile();
                before = objects.state();
                takeOver(objects, place, sourceWatcher, before);
            }
            goBack(objects, place, reference, sources);
        }
    }

    private static void takeOver(
            GeneratorObjects objects, Place place, RunningController sourceWatcher, Map<String, String> before)
            throws Exception {
        String holder = objects.holder();
        try (RunningController sluice = RunningController.sluice(place)) {
            objects.reconcile();
            assertThat(objects.holder())
                    .as("source-watcher holds the lease while it runs")
                    .isEqualTo(holder);

            sourceWatcher.terminate();
            objects.awaitHolder(holder);
            objects.reconcile();

            assertThat(objects.state()).isEqualTo(before);
            sluice.terminate();
        }
    }

    private static void goBack(GeneratorObjects objects, Place place, Reference reference, FakeSources sources)
            throws Exception {
        try (RunningController sluice = RunningController.sluice(place)) {
            String former = objects.get("externalartifact", "part-a", "{.status.artifact.revision}");
            sources.offer(
                    objects.namespace(), "app", "main@sha1:2", Map.of("a/x.yaml", "x: 2\n", "b/y.yaml", "y: 1\n"));
            objects.awaitRevisionOtherThan("part-a", former);
            objects.reconcile();
            sluice.terminate();
        }
        Map<String, String> madeByUs = objects.state();
        try (RunningController sourceWatcher = RunningController.sourceWatcher(place, reference)) {
            objects.awaitHolder("");
            objects.reconcile();

            assertThat(objects.state()).isEqualTo(madeByUs);
            sourceWatcher.terminate();
        }
    }
}
