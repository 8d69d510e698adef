package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a cluster and a volume of the reference are taken over without a rollout. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class TakeOverIT {

    private static final Map<String, String> SOURCE = Map.of("a/x.yaml", "x: 1\n", "a/y/z.yaml", "z: 1\n", "b", "1\n");
    private static final Map<String, String> PUBLISHED = Map.of("x.yaml", "x: 1\n", "y/z.yaml", "z: 1\n");

    @TempDir
    Path temporary;

    private Scenario scenario;
    private Artifact published;
    private ArtifactGeneratorStatus status;
    private ExternalArtifact object;
    private byte[] bytes;

    @BeforeEach
    void publishAsTheReference(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        scenario = new Scenario(api, namespace, temporary);
        Artifact source = scenario.publish("app", "main@sha1:1", SOURCE);
        scenario.generator("gen", Scenario.artifact("part", "a/**"));
        published = new ReferenceWrites(scenario).publish("gen", "part", scenario.announced("app"), PUBLISHED);
        assertThat(source.revision()).isEqualTo("main@sha1:1");
        status = scenario.status("gen");
        object = scenario.object("part");
        bytes = Files.readAllBytes(scenario.file(published));
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void causesNoRolloutAtTheStartAndInLaterRuns() throws IOException {
        scenario.start();
        scenario.request("gen");
        assertUnchanged();
        assertThat(status.inventory()).extracting(ArtifactInventoryEntry::kind).containsOnlyNulls();
        assertThat(scenario.status("gen").inventory())
                .isEqualTo(status.inventory().stream()
                        .map(entry -> new ArtifactInventoryEntry(
                                "ExternalArtifact", entry.name(), entry.namespace(), entry.digest(), entry.filename()))
                        .toList());
        assertThat(scenario.status("gen").observedSourcesDigest()).isEqualTo(status.observedSourcesDigest());
        assertThat(scenario.generator("gen").metadata().getFinalizers())
                .containsExactly("source.extensions.fluxcd.io/finalizer");

        scenario.publish("app", "main@sha1:2", Map.of("a/x.yaml", "x: 1\n", "a/y/z.yaml", "z: 1\n", "b", "2\n"));
        await().atMost(Scenario.LIMIT)
                .until(() -> !Objects.equals(
                        status.observedSourcesDigest(), scenario.status("gen").observedSourcesDigest()));
        scenario.awaitReady("gen");
        assertUnchanged();
    }

    @Test
    void usesItsOwnRevisionsFromTheFirstContentChangeOn() throws IOException {
        scenario.start();
        scenario.publish("app", "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));

        await().atMost(Scenario.LIMIT)
                .until(() -> !scenario.offered("part").revision().equals(published.revision()));

        Artifact own = scenario.offered("part");
        assertThat(own.path()).endsWith(own.revision().replace("latest@sha256:", "/") + ".tar.gz");
        assertThat(own.revision()).isNotEqualTo("latest@" + own.digest());
    }

    @Test
    void keepsTheReferencesBytesOfAMergedFileWithEqualValues() throws IOException {
        Map<String, String> source = Map.of("base.yaml", "1g: [x]\n22: 1\n", "prod.yaml", "124: \"on\"\n", "note", "1");
        scenario.publish("values", "main@sha1:1", source);
        scenario.generator("merging", "GitRepository", "values", """
            - name: merged
              copy:
              - {from: "@app/base.yaml", to: "@artifact/values.yaml"}
              - {from: "@app/prod.yaml", to: "@artifact/values.yaml", strategy: Merge}
            """.indent(2));
        // keys that the reference writes in random order
        Artifact before = new ReferenceWrites(scenario)
                .publish(
                        "merging",
                        "merged",
                        scenario.announced("values"),
                        Map.of("values.yaml", "\"22\": 1\n\"124\": \"on\"\n1g:\n- x\n"));
        scenario.start();
        scenario.request("merging");
        assertThat(scenario.offered("merged")).isEqualTo(before);

        String sourcesBefore = scenario.status("merging").observedSourcesDigest();
        scenario.publish(
                "values", "main@sha1:2", Map.of("base.yaml", "1g: [x]\n22: 1\n", "prod.yaml", "124: 'on' # quoted\n"));
        await().atMost(Scenario.LIMIT)
                .until(() -> !Objects.equals(
                        sourcesBefore, scenario.status("merging").observedSourcesDigest()));
        scenario.awaitReady("merging");
        assertThat(scenario.offered("merged")).as("equal values").isEqualTo(before);

        scenario.publish(
                "values", "main@sha1:3", Map.of("base.yaml", "1g: [x]\n22: 1\n", "prod.yaml", "124: \"off\"\n"));
        await().atMost(Scenario.LIMIT)
                .until(() -> !scenario.offered("merged").revision().equals(before.revision()));
    }

    private void assertUnchanged() throws IOException {
        ExternalArtifact now = scenario.object("part");
        assertThat(now.status()).isEqualTo(object.status());
        assertThat(now.artifact()).contains(published);
        assertThat(now.metadata().getLabels()).isEqualTo(object.metadata().getLabels());
        assertThat(now.metadata().getGeneration()).isEqualTo(object.metadata().getGeneration());
        assertThat(Files.readAllBytes(scenario.file(published))).isEqualTo(bytes);
        try (Stream<Path> files = Files.list(scenario.directory("part"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tar.gz")))
                    .hasSize(1);
        }
    }
}
