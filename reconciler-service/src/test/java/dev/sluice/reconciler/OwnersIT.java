package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conflicts, cycles and access rules between generators. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class OwnersIT {

    @TempDir
    Path temporary;

    private Scenario scenario;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        scenario = new Scenario(api, namespace, temporary);
        scenario.publish("app", "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void aNameConflictFailsUntilTheFirstGeneratorIsDeleted() throws IOException {
        scenario.start();
        scenario.generator("first", Scenario.artifact("wanted", "a/**"));
        scenario.awaitReady("first");
        String version = scenario.object("wanted").metadata().getResourceVersion();

        scenario.generator("second", Scenario.artifact("wanted", "b/**") + Scenario.artifact("free", "b/**"));

        scenario.awaitArtifact("free");
        V1Condition failed = scenario.awaitCondition(
                "second", "Ready", "False", "ReconciliationFailed", "it belongs to another ArtifactGenerator");
        assertThat(failed.getMessage()).contains("ArtifactGenerator/first");
        assertThat(scenario.object("wanted").metadata().getResourceVersion()).isEqualTo(version);
        assertThat(scenario.status("second").inventory()).hasSize(1);

        scenario.cluster().deleteGenerator(scenario.key("first"));

        scenario.awaitReady("second");
        assertThat(scenario.object("wanted").metadata().getLabels())
                .containsEntry(
                        "source.extensions.fluxcd.io/generator",
                        scenario.generator("second").metadata().getUid());
    }

    @Test
    void aCycleStallsUntilItIsBroken() throws IOException {
        scenario.start();
        scenario.generator("one", "ExternalArtifact", "two-out", Scenario.artifact("one-out", "**"));
        scenario.generator("two", "ExternalArtifact", "one-out", Scenario.artifact("two-out", "**"));

        scenario.awaitCondition("one", "Stalled", "True", "ValidationFailed", "the generator is part of a cycle: ");
        assertThat(scenario.condition("one", "Ready").getMessage())
                .endsWith("%s -> %s -> %s".formatted(scenario.key("one"), scenario.key("two"), scenario.key("one")));
        scenario.awaitCondition("two", "Stalled", "True", "ValidationFailed", "the generator is part of a cycle: ");

        scenario.generator("two", Scenario.artifact("two-out", "a/**"));

        scenario.awaitReady("two");
        // the other generator is notified; its fetch fails because nothing serves the artifact
        scenario.awaitCondition("one", "Ready", "False", "SourceFetchFailed", "fetch sources failed: ");
        assertThat(Conditions.find(scenario.generator("one").conditions(), "Stalled"))
                .isEmpty();
    }

    @Test
    void retriesTheDeletionUntilAllObjectsAreGone() throws IOException {
        scenario.start();
        scenario.generator("gen", Scenario.artifact("held", "a/**") + Scenario.artifact("other", "b/**"));
        scenario.awaitReady("gen");
        hold("[\"example.com/hold\"]");

        scenario.cluster().deleteGenerator(scenario.key("gen"));

        scenario.awaitCondition("gen", "Ready", "False", "ReconciliationFailed", "held removal failed: ");
        await().atMost(Scenario.LIMIT).until(() -> scenario.isGone("other"));
        assertThat(scenario.directory("held")).isNotEmptyDirectory();

        hold("null");
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.cluster().generator(scenario.key("gen")).isEmpty());
        assertThat(scenario.isGone("held")).isTrue();
    }

    @Test
    void rejectsSourcesInOtherNamespacesIfForbidden() throws IOException {
        scenario.start("--no-cross-namespace-refs=true");
        scenario.cluster().apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: gen, namespace: %s}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app, namespace: elsewhere}]
                  artifacts:
                """.formatted(scenario.key("gen").namespace()) + Scenario.artifact("part", "a/**"));

        String message = "cross-namespace reference to source GitRepository/elsewhere/app is not allowed";
        scenario.awaitCondition("gen", "Ready", "False", "AccessDenied", message);
        scenario.awaitCondition("gen", "Stalled", "True", "AccessDenied", message);
        assertThat(scenario.cluster().externalArtifact(scenario.key("part"))).isEmpty();

        scenario.generator("gen", Scenario.artifact("part", "a/**"));
        scenario.awaitReady("gen");
    }

    private void hold(String finalizers) throws IOException {
        ObjectKey key = scenario.key("held");
        scenario.cluster()
                .edit(ExternalArtifact.TYPE.kind(), key, "{\"metadata\":{\"finalizers\":" + finalizers + "}}");
    }
}
