package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Tests the repair of objects, files and interrupted runs without effects on consumers. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class RepairIT {

    private static final String ORIGIN = "org.opencontainers.image.revision";
    private static final String TRACED =
            "    - {name: part, originRevision: \"@app\", copy: [{from: \"@app/a/**\", to: \"@artifact/\"}]}\n";
    private static final String EDITED = """
            {"artifact":{"revision":"latest@sha256:evil","size":1,"metadata":{"%s":"main@sha1:evil"},
             "url":"http://evil.test/x"}}""".formatted(ORIGIN);

    @TempDir
    Path temporary;

    private Scenario scenario;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        scenario = new Scenario(api, namespace, temporary);
        scenario.start();
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void repairsAnEditedStatusAtOnceAndAfterARestart() throws IOException {
        Artifact published = publish();

        edit();
        await().atMost(Scenario.LIMIT).until(() -> scenario.offered("part").equals(published));

        // the source changes, but not this artifact: the origin revision stays
        scenario.publish("app", "main@sha1:2", Map.of("a/x.yaml", "x: 1\n", "b", "b\n"));
        scenario.request("gen");
        assertThat(scenario.offered("part")).isEqualTo(published);

        scenario.stop();
        edit();
        scenario.start();
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.offered("part").revision().equals(published.revision()));
        Artifact repaired = scenario.offered("part");
        assertThat(repaired.withMetadata(Map.of())).isEqualTo(published.withMetadata(Map.of()));
        assertThat(repaired.metadata()).isEqualTo(Map.of(ORIGIN, "main@sha1:2"));
    }

    /** Each edit is in an object of its own, because a repair of one object repairs all of its generator. */
    @Test
    void repairsInputsThatWereEditedWhileItWasDown() throws IOException {
        Map<String, String> edits = Map.of(
                "changed", "{\"region\": \"moon\"}",
                "added", "{\"admin\": true}",
                "removed", "{\"replicas\": null}",
                "inner", "{\"net\": {\"cidr\": null}}",
                "all", "{\"region\": null, \"replicas\": null, \"net\": null}");
        scenario.publish("app", "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "inputs.yaml", """
                region: eu
                replicas: 3
                net: {cidr: 10.0.0.0/8, zone: a}
                """));
        for (String name : edits.keySet()) {
            scenario.generator(name, """
                    - name: %s
                      inputsFrom: "@app/inputs.yaml"
                      copy: [{from: "@app/a/**", to: "@artifact/"}]
                    """.formatted(name).indent(4));
        }
        Map<String, ExternalArtifactStatus> published = new HashMap<>();
        for (String name : edits.keySet()) {
            scenario.awaitReady(name);
            published.put(name, Objects.requireNonNull(scenario.object(name).status()));
        }
        scenario.stop();
        for (Map.Entry<String, String> edit : edits.entrySet()) {
            scenario.editStatus(
                    ExternalArtifact.TYPE.kind(), edit.getKey(), "{\"exportedInputs\": %s}".formatted(edit.getValue()));
        }

        scenario.start();

        await().atMost(Scenario.LIMIT).untilAsserted(() -> {
            for (String name : edits.keySet()) {
                assertThat(scenario.object(name).status()).as(name).isEqualTo(published.get(name));
            }
        });
    }

    @Test
    void repeatsAnInterruptedRun() throws IOException {
        Artifact published = publish();
        scenario.stop();
        scenario.generator("gen", TRACED.replace("a/**", "b/**"));
        long generation = scenario.generator("gen").metadata().getGeneration();
        scenario.editStatus(ArtifactGenerator.TYPE.kind(), "gen", """
                {"conditions":[
                  {"type":"Reconciling","status":"True","reason":"Progressing","message":"Reconciliation in progress",
                   "observedGeneration":%1$d,"lastTransitionTime":"2026-11-01T00:00:00Z"},
                  {"type":"Ready","status":"Unknown","reason":"Progressing","message":"Reconciliation in progress",
                   "observedGeneration":%1$d,"lastTransitionTime":"2026-11-01T00:00:00Z"}]}""".formatted(generation));

        scenario.start();

        scenario.awaitReady("gen");
        assertThat(scenario.generator("gen").conditions()).hasSize(1);
        assertThat(scenario.offered("part").revision()).isNotEqualTo(published.revision());
    }

    @Test
    void rebuildsALostVolumeWithTheSameRevisions() throws IOException {
        Artifact published = publish();
        scenario.stop();
        FileSystemUtils.deleteRecursively(scenario.storage());
        Files.createDirectory(scenario.storage());

        scenario.start();

        await().atMost(Scenario.LIMIT).until(() -> Files.exists(scenario.file(published)));
        scenario.awaitReady("gen");
        Artifact rebuilt = scenario.offered("part");
        assertThat(rebuilt.revision()).isEqualTo(published.revision());
        assertThat(rebuilt.digest()).isEqualTo(published.digest());
        assertThat(rebuilt.metadata()).isEqualTo(published.metadata());
        assertThat(rebuilt.url()).isEqualTo(published.url());
    }

    @Test
    void restoresADeletedObjectAndItsDamagedFile() throws IOException {
        Artifact published = publish();
        Files.write(scenario.file(published), new byte[] {1});
        scenario.cluster().deleteExternalArtifact(scenario.key("part"));

        ExternalArtifact again = scenario.awaitArtifact("part");

        assertThat(again.artifact().orElseThrow().revision()).isEqualTo(published.revision());
        assertThat(again.artifact().orElseThrow().digest()).isEqualTo(published.digest());
        assertThat(Files.size(scenario.file(published))).isEqualTo(published.size());
    }

    private Artifact publish() throws IOException {
        scenario.publish("app", "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        scenario.generator("gen", TRACED);
        scenario.awaitReady("gen");
        return scenario.offered("part");
    }

    private void edit() throws IOException {
        scenario.editStatus(ExternalArtifact.TYPE.kind(), "part", EDITED);
    }
}
