package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts in other namespaces than the generator's, with an API server whose RBAC refuses. */
@KubernetesTest(TestedApi.REAL)
class OtherNamespacesIT {

    private static final String ACCOUNT = "  serviceAccountName: deployer\n";

    @TempDir
    Path temporary;

    private KubernetesApi api;
    private Scenario scenario;
    private Grants grants;
    private String own;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        this.api = api;
        own = namespace;
        scenario = new Scenario(api, namespace, temporary);
        scenario.publish("app", "main@sha1:1", Map.of("a/x.yaml", "x: 1\n", "b/y.yaml", "y: 1\n"));
        grants = new Grants(scenario.cluster(), namespace);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void publishesWhereTheAccountMayAndNowhereElse() throws IOException {
        String open = grants.namespace("open");
        String closed = grants.namespace("closed");
        grants.grant(open, Grants.ALL);
        scenario.start();

        scenario.generator(
                "gen",
                artifact(open, "app", "a/**")
                        + artifact(closed, "app", "a/**")
                        + Scenario.artifact("app", "b/**")
                        + ACCOUNT);

        String denied = "service account \"%s/deployer\" may not create externalartifacts.source.toolkit.fluxcd.io in"
                + " namespace \"%s\"";
        String message = Objects.requireNonNull(
                scenario.awaitCondition("gen", "Stalled", "True", "AccessDenied", denied.formatted(own, closed))
                        .getMessage());
        assertThat(message).contains(denied.formatted(own, own)).doesNotContain("\"" + open + "\"");
        scenario.awaitCondition("gen", "Ready", "False", "AccessDenied", denied.formatted(own, closed));
        ExternalArtifact published = published(open, "app");
        assertThat(published.metadata().getOwnerReferences()).isNullOrEmpty();
        assertThat(published.metadata().getLabels()).containsEntry(Ownership.GENERATOR_LABEL, uid("gen"));
        assertThat(Objects.requireNonNull(published.spec().sourceRef()).namespace())
                .isEqualTo(own);
        assertThat(published.artifact().orElseThrow().path()).startsWith("externalartifact/" + open + "/app/");
        assertThat(scenario.file(published.artifact().orElseThrow())).exists();
        assertThat(find(closed, "app")).isEmpty();
        assertThat(find(own, "app")).isEmpty();
        assertThat(directory(closed)).doesNotExist();
        assertThat(inventory("gen")).containsExactly(open + "/app");

        grants.grant(closed, Grants.ALL);
        grants.grant(own, Grants.ALL);
        awaitReadyAfterRequests("gen");

        assertThat(inventory("gen")).containsExactly(open + "/app", closed + "/app", own + "/app");
        assertThat(published(closed, "app").artifact().orElseThrow().digest())
                .isEqualTo(published.artifact().orElseThrow().digest())
                .isNotEqualTo(published(own, "app").artifact().orElseThrow().digest());
        assertThat(published(own, "app").metadata().getOwnerReferences()).hasSize(1);
        repairsEditsAndDeletions(open);
    }

    private void repairsEditsAndDeletions(String namespace) throws IOException {
        ObjectKey key = new ObjectKey(namespace, "app");
        scenario.cluster()
                .edit(
                        ExternalArtifact.TYPE.kind(),
                        key,
                        "{\"metadata\":{\"labels\":{\"%s\":null}}}".formatted(Ownership.GENERATOR_LABEL));
        await().atMost(Scenario.LIMIT)
                .until(() -> Ownership.isGenerated(
                        scenario.cluster().externalArtifact(key).orElseThrow()));

        scenario.cluster().deleteExternalArtifact(key);
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.cluster()
                        .externalArtifact(key)
                        .flatMap(ExternalArtifact::artifact)
                        .isPresent());
        scenario.awaitReady("gen");
    }

    @Test
    void movesAnArtifactAndRemovesTheOldOneOnlyWithPermission() throws IOException {
        String before = grants.namespace("before");
        String after = grants.namespace("after");
        grants.grant(before, Grants.ALL);
        grants.grant(after, Grants.ALL);
        scenario.start();
        scenario.generator("gen", artifact(before, "app", "a/**") + ACCOUNT);
        scenario.awaitReady("gen");

        restartWith(before, "create,patch");
        scenario.generator("gen", artifact(after, "app", "a/**") + ACCOUNT);

        String message = Objects.requireNonNull(
                scenario.awaitCondition("gen", "Ready", "False", "PruneFailed", "failed to prune 1 object(s), retrying")
                        .getMessage());
        assertThat(message)
                .contains(
                        before + "/app removal failed: service account \"" + own + "/deployer\" may not delete",
                        "namespace \"" + before + "\"");
        assertThat(inventory("gen")).containsExactly(after + "/app", before + "/app");
        assertThat(scenario.file(published(before, "app").artifact().orElseThrow()))
                .exists();
        assertThat(scenario.file(published(after, "app").artifact().orElseThrow()))
                .exists();

        grants.grant(before, "delete"); // a denial is remembered for five seconds only
        scenario.awaitReady("gen");
        assertThat(find(before, "app")).isEmpty();
        assertThat(directory(before).resolve("app")).doesNotExist();
        assertThat(inventory("gen")).containsExactly(after + "/app");
    }

    @Test
    void aDeletionWaitsForThePermissionUntilTheObjectsAreGoneOrLeft() throws IOException {
        String tenant = grants.namespace("tenant");
        grants.grant(tenant, Grants.ALL);
        scenario.start();
        scenario.generator("gen", artifact(tenant, "one", "a/**") + artifact(tenant, "two", "b/**") + ACCOUNT);
        scenario.awaitReady("gen");
        restartWith(tenant, "create");

        scenario.cluster().deleteGenerator(scenario.key("gen"));

        scenario.awaitCondition("gen", "Ready", "False", "PruneFailed", "failed to prune 2 object(s), retrying");
        scenario.cluster().deleteExternalArtifact(new ObjectKey(tenant, "one"));
        scenario.awaitCondition("gen", "Ready", "False", "PruneFailed", "failed to prune 1 object(s), retrying");
        assertThat(find(tenant, "two")).hasSize(1);

        scenario.annotate("gen", "source.extensions.fluxcd.io/onDeniedDeletion", "\"leave\"");
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.cluster().generator(scenario.key("gen")).isEmpty());
        assertThat(scenario.file(published(tenant, "two").artifact().orElseThrow()))
                .exists();
    }

    @Test
    void losingThePermissionOrTheAccountLeavesWhatIsPublished() throws IOException {
        String kept = grants.namespace("kept");
        String lost = grants.namespace("lost");
        grants.grant(kept, Grants.ALL);
        grants.grant(lost, Grants.ALL);
        scenario.start();
        String artifacts = artifact(kept, "app", "a/**") + artifact(lost, "app", "a/**");
        scenario.generator("gen", artifacts + ACCOUNT);
        scenario.awaitReady("gen");
        ExternalArtifact before = published(lost, "app");

        restartWith(lost, "create,delete");
        scenario.publish("app", "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));
        scenario.awaitCondition("gen", "Stalled", "True", "AccessDenied", "may not patch externalartifacts");
        assertThat(published(lost, "app")).isEqualTo(before);
        assertThat(scenario.file(before.artifact().orElseThrow())).exists();
        assertThat(published(kept, "app").artifact()).isNotEqualTo(before.artifact());
        assertThat(inventory("gen")).containsExactly(kept + "/app", lost + "/app");
        grants.grant(lost, Grants.ALL);
        awaitReadyAfterRequests("gen");
        ExternalArtifact current = published(lost, "app");
        assertThat(current.artifact()).isNotEqualTo(before.artifact());

        scenario.generator("gen", artifacts);
        scenario.request("gen");
        scenario.awaitReady("gen");
        assertThat(published(lost, "app")).as("without the account").isEqualTo(current);
        scenario.stop();
        scenario.start("--no-cross-namespace-refs=true");
        scenario.publish("app", "main@sha1:3", Map.of("a/x.yaml", "x: 3\n"));
        scenario.awaitCondition("gen", "Stalled", "True", "AccessDenied", "is not allowed without a service account");
        assertThat(published(lost, "app")).as("refused").isEqualTo(current);
        assertThat(scenario.file(current.artifact().orElseThrow())).exists();
    }

    @Test
    void anObjectIsHandedOverWhenItsGeneratorNoLongerAsksForIt() throws IOException {
        String tenant = grants.namespace("tenant");
        scenario.start();
        scenario.generator("first", artifact(tenant, "app", "a/**"));
        scenario.awaitReady("first");
        String version = published(tenant, "app").metadata().getResourceVersion();

        scenario.generator("second", artifact(tenant, "app", "b/**"));
        String refused = Objects.requireNonNull(scenario.awaitCondition(
                        "second", "Ready", "False", "ReconciliationFailed", "it belongs to another ArtifactGenerator")
                .getMessage());
        assertThat(refused).doesNotContain("first");
        assertThat(published(tenant, "app").metadata().getResourceVersion()).isEqualTo(version);

        scenario.annotate("first", "source.extensions.fluxcd.io/reconcile", "\"disabled\"");
        scenario.generator("first", Scenario.artifact("other", "a/**"));
        scenario.awaitReady("second");
        assertThat(published(tenant, "app").metadata().getLabels())
                .containsEntry(Ownership.GENERATOR_LABEL, uid("second"));
        String taken = "ExternalArtifact %1$s/app is owned by ArtifactGenerator %2$s/first and is being taken over by"
                + " %2$s/second";
        await().atMost(Scenario.LIMIT)
                .untilAsserted(() -> assertThat(warnings(tenant)).containsExactly(taken.formatted(tenant, own)));
        await().atMost(Scenario.LIMIT)
                .untilAsserted(() -> assertThat(scenario.cluster().events(scenario.key("second")))
                        .contains("Warning OwnershipConflict ownership conflict detected for 1 ExternalArtifact(s)"));

        scenario.annotate("first", "source.extensions.fluxcd.io/reconcile", "null");
        scenario.awaitReady("first");
        assertThat(scenario.file(published(tenant, "app").artifact().orElseThrow()))
                .exists();
        scenario.cluster().deleteGenerator(scenario.key("second"));
        await().atMost(Scenario.LIMIT).until(() -> find(tenant, "app").isEmpty());
    }

    /** A tenant who may write generators and their statuses in his namespace, and nothing else. */
    @Test
    void aTenantCannotReachAnotherNamespaceWithoutItsPermission() throws IOException {
        String victim = grants.namespace("victim");
        scenario.start("--default-service-account=deployer");
        Scenario victims = scenario.in(victim);
        victims.publish("app", "main@sha1:1", Map.of("a/x.yaml", "x: secret\n"));
        victims.generator("gen", Scenario.artifact("app", "a/**"));
        victims.awaitReady("gen");
        ExternalArtifact before = published(victim, "app");
        ArtifactInventoryEntry entry = victims.status("gen").inventory().get(0);

        scenario.generator("gen", artifact(victim, "app", "a/**") + artifact(victim, "new", "a/**"));
        scenario.awaitCondition("gen", "Stalled", "True", "AccessDenied", "may not create externalartifacts");
        editInventory("gen", entry);
        scenario.generator("gen", Scenario.artifact("own", "a/**"));
        scenario.awaitReady("gen");
        editInventory("gen", entry);
        scenario.cluster().deleteGenerator(scenario.key("gen"));
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.cluster().generator(scenario.key("gen")).isEmpty());

        assertThat(published(victim, "app")).isEqualTo(before);
        assertThat(scenario.file(before.artifact().orElseThrow())).exists();
        assertThat(find(victim, "new")).isEmpty();
        assertThat(directory(victim).resolve("new")).doesNotExist();
    }

    @Test
    void refusesOtherNamespacesWithoutAnAccountIfLocked() throws IOException {
        String tenant = grants.namespace("tenant");
        scenario.start("--no-cross-namespace-refs=true");

        scenario.generator("gen", artifact(tenant, "app", "a/**") + Scenario.artifact("app", "a/**"));

        scenario.awaitCondition(
                "gen",
                "Stalled",
                "True",
                "AccessDenied",
                "cross-namespace artifact %s/app is not allowed without a service account".formatted(tenant));
        assertThat(published(own, "app")).isNotNull();
        assertThat(find(tenant, "app")).isEmpty();

        grants.grant(tenant, Grants.ALL);
        grants.grant(own, Grants.ALL);
        scenario.generator("gen", artifact(tenant, "app", "a/**") + Scenario.artifact("app", "a/**") + ACCOUNT);
        scenario.awaitReady("gen");
        assertThat(published(tenant, "app")).isNotNull();
    }

    /** The API server of the test has no controller that would empty the namespace. */
    @Test
    void aNamespaceThatIsBeingDeletedOrDoesNotExistFailsItsArtifactsOnly() throws IOException {
        String leaving = grants.namespace("leaving");
        String missing = own + "-missing";
        scenario.start();
        scenario.generator("gen", artifact(leaving, "old", "a/**"));
        scenario.awaitReady("gen");
        grants.deleteNamespace(leaving);

        scenario.generator(
                "gen",
                artifact(leaving, "old", "a/**")
                        + artifact(leaving, "new", "a/**")
                        + artifact(missing, "app", "a/**")
                        + Scenario.artifact("app", "a/**"));

        String message = Objects.requireNonNull(scenario.awaitCondition(
                        "gen", "Ready", "False", "ReconciliationFailed", leaving + "/new reconcile failed: ")
                .getMessage());
        assertThat(message).contains(missing + "/app reconcile failed: ", "is being terminated", "not found");
        assertThat(inventory("gen")).containsExactly(leaving + "/old", own + "/app");
        assertThat(directory(missing)).doesNotExist();
        assertThat(directory(leaving).resolve("new")).doesNotExist();

        scenario.cluster().deleteGenerator(scenario.key("gen"));
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.cluster().generator(scenario.key("gen")).isEmpty());
        assertThat(find(leaving, "old")).isEmpty();
    }

    private static String artifact(String namespace, String name, String from) {
        return "    - {name: %s, namespace: %s, copy: [{from: \"@app/%s\", to: \"@artifact/\"}]}%n"
                .formatted(name, namespace, from);
    }

    private Path directory(String namespace) {
        return scenario.storage().resolve("externalartifact").resolve(namespace);
    }

    private List<ExternalArtifact> find(String namespace, String name) throws IOException {
        return scenario.cluster().externalArtifact(new ObjectKey(namespace, name)).stream()
                .toList();
    }

    private ExternalArtifact published(String namespace, String name) throws IOException {
        return find(namespace, name).get(0);
    }

    private String uid(String generator) throws IOException {
        return Objects.requireNonNull(scenario.generator(generator).metadata().getUid());
    }

    private List<String> inventory(String generator) throws IOException {
        return scenario.status(generator).inventory().stream()
                .map(entry -> entry.artifactKey().orElseThrow().toString())
                .toList();
    }

    private void editInventory(String generator, ArtifactInventoryEntry entry) throws IOException {
        String inventory = "{\"status\":{\"inventory\":[{\"name\":\"%s\",\"namespace\":\"%s\",\"digest\":\"%s\","
                + "\"filename\":\"%s\"}]}}";
        scenario.cluster()
                .requests()
                .mergePatch(
                        ResourcePath.of(ArtifactGenerator.TYPE.kind(), scenario.key(generator))
                                .subresource("status"),
                        "kubectl-edit",
                        JsonParser.parseString(inventory.formatted(
                                        entry.name(),
                                        Objects.requireNonNull(entry.namespace()),
                                        entry.digest(),
                                        entry.filenameOrEmpty()))
                                .getAsJsonObject(),
                        ArtifactGenerator.class);
    }

    /** A reconciler remembers for half a minute that an account may do something. */
    private void restartWith(String namespace, String verbs) throws IOException {
        scenario.stop();
        grants.grant(namespace, verbs);
        scenario.start();
    }

    /** A denial is remembered for five seconds. */
    private void awaitReadyAfterRequests(String generator) {
        await().atMost(Scenario.LIMIT).until(() -> {
            scenario.request(generator);
            return Conditions.TRUE.equals(scenario.condition(generator, "Ready").getStatus());
        });
    }

    /** Warnings about ExternalArtifacts in a namespace. */
    private List<String> warnings(String namespace) throws ApiException {
        return new CoreV1Api(api.newClient())
                .listNamespacedEvent(namespace).execute().getItems().stream()
                        .filter(event -> "Warning".equals(event.getType()))
                        .filter(event -> "ExternalArtifact"
                                .equals(event.getInvolvedObject().getKind()))
                        .map(event -> Objects.requireNonNull(event.getMessage()))
                        .toList();
    }
}
