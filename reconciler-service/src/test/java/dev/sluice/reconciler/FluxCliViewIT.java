package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.PerApi;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests the fields that commands of the Flux CLI read. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class FluxCliViewIT {

    @TempDir
    static Path temporary;

    @RegisterExtension
    static final PerApi<RunningReconciler> RECONCILER =
            new PerApi<>(api -> RunningReconciler.start(api, Files.createTempDirectory(temporary, "storage")));

    private KubernetesApi api;
    private Namespaced given;
    private LocalSources sources;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws Exception {
        this.api = api;
        Cluster cluster = new Cluster(api.newClient());
        cluster.installCrds();
        given = new Namespaced(cluster, namespace);
        sources = new LocalSources(cluster, Files.createTempDirectory(temporary, "sources"));
        sources.publish(given.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        RECONCILER.on(api);
        cluster.apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: gen, namespace: %s}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts: [{name: one, originRevision: "@app", copy: [{from: "@app/a/**", to: "@artifact/"}]}]
                """.formatted(namespace));
        given.awaitArtifact("one");
        given.awaitReady("gen");
    }

    @AfterEach
    void stop() {
        sources.close();
    }

    /** {@code flux get artifact generators}: Name, Suspended, Ready, Message; {@code --status-selector} the conditions. */
    @Test
    void getArtifactGeneratorsShowsReadyMessageAndSuspension() throws IOException {
        assertThat(ready(generator().conditions()).getStatus()).isEqualTo("True");
        assertThat(ready(generator().conditions()).getMessage())
                .isEqualTo("reconciliation succeeded, generated 1 artifact(s)");

        given.edit("gen", """
                {"metadata":{"annotations":{"source.extensions.fluxcd.io/reconcile":"disabled",
                "reconcile.fluxcd.io/requestedAt":"2026-11-22T00:00:00Z"}}}""");
        await().atMost(Namespaced.LIMIT).until(() -> "2026-11-22T00:00:00Z".equals(status().lastHandledReconcileAt()));
        assertThat(ready(generator().conditions()).getStatus()).isEqualTo("True");
    }

    /** {@code flux tree artifact generator gen}: namespace and name of each entry of the inventory. */
    @Test
    void treeShowsTheInventory() throws IOException {
        assertThat(status().inventory()).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("one");
            assertThat(entry.namespace()).isEqualTo(given.namespace());
            assertThat(entry)
                    .extracting(ArtifactInventoryEntry::digest)
                    .asString()
                    .startsWith("sha256:");
        });
    }

    /** {@code flux get sources external} and {@code flux trace}: revision, source, Ready, and the origin's metadata. */
    @Test
    void getSourcesExternalAndTraceShowRevisionSourceReadyAndOrigin() throws IOException {
        ExternalArtifact one = given.awaitArtifact("one");

        assertThat(one.artifact().orElseThrow().revision()).startsWith("latest@sha256:");
        assertThat(one.artifact().orElseThrow().metadata())
                .containsEntry("org.opencontainers.image.revision", "main@sha1:1");
        var source = Objects.requireNonNull(one.spec().sourceRef());
        assertThat("%s/%s/%s".formatted(source.kind(), source.namespace(), source.name()))
                .isEqualTo("ArtifactGenerator/" + given.namespace() + "/gen");
        assertThat(ready(one.conditions()).getStatus()).isEqualTo("True");
        assertThat(ready(one.conditions()).getMessage()).isEqualTo("Artifact is ready");
        assertThat(ready(one.conditions()).getLastTransitionTime()).isNotNull();
    }

    /** {@code flux events --for ArtifactGenerator/gen}: by field selector; Last seen, Type, Reason, Object, Message. */
    @Test
    void findsEventsByKindAndName() {
        CoreV1Api core = new CoreV1Api(api.newClient());
        List<CoreV1Event> events = await().atMost(Namespaced.LIMIT)
                .until(
                        () -> core.listNamespacedEvent(given.namespace())
                                .fieldSelector("involvedObject.kind=ArtifactGenerator,involvedObject.name=gen")
                                .execute()
                                .getItems(),
                        found -> !found.isEmpty());

        assertThat(events).allSatisfy(event -> {
            assertThat(event.getType()).isIn("Normal", "Warning");
            assertThat(event.getReason()).isNotBlank();
            assertThat(event.getMessage()).isNotBlank();
            assertThat(event.getLastTimestamp()).isNotNull();
            assertThat(event.getInvolvedObject().getApiVersion()).isEqualTo("source.extensions.fluxcd.io/v1beta1");
            assertThat(event.getSource().getComponent()).isEqualTo("source-watcher");
        });
    }

    private ArtifactGenerator generator() throws IOException {
        return given.cluster().generator(given.key("gen")).orElseThrow();
    }

    private ArtifactGeneratorStatus status() throws IOException {
        return Objects.requireNonNull(generator().status());
    }

    private static V1Condition ready(List<V1Condition> conditions) {
        return Conditions.find(conditions, ConditionTypes.READY).orElseThrow();
    }
}
