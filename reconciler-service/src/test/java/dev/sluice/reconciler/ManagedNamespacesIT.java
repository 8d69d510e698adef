package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NamespaceSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces that generators manage. The real API server's RBAC refuses; the in-memory one authorizes everything. */
@KubernetesTest
class ManagedNamespacesIT {

    private static final ApiKind NAMESPACE = new ApiKind("", "v1", "Namespace", "namespaces");
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final ApiKind ROLE = new ApiKind(RBAC, "v1", "ClusterRole", "clusterroles");
    private static final ApiKind BINDING = new ApiKind(RBAC, "v1", "ClusterRoleBinding", "clusterrolebindings");
    private static final String GENERATOR = "source.extensions.fluxcd.io/generator";

    @TempDir
    Path temporary;

    private KubernetesApi api;
    private Scenario scenario;
    private boolean isReal;
    private String own;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        this.api = api;
        own = namespace;
        isReal = api.kind() == TestedApi.REAL;
        scenario = new Scenario(api, namespace, temporary);
        grant("create,patch,delete");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void managesANamespaceForEachDirectory() throws IOException {
        tenants("a", "b");
        scenario.start("--manage-namespaces");
        generator("gen", true);

        awaitSuccess("gen", "generated 2 artifact(s) and manages 2 namespace(s)");
        assertThat(labels("a"))
                .containsEntry(GENERATOR, uid("gen"))
                .containsEntry("app.kubernetes.io/managed-by", "source-watcher")
                .containsEntry("team", "team-a")
                .containsEntry("env", "test")
                .doesNotContainKey("pod-security.kubernetes.io/enforce");
        assertThat(managed("gen")).containsExactly(name("a"), name("b"));
        assertThat(scenario.cluster().externalArtifact(new ObjectKey(name("a"), "app")))
                .isPresent();
        awaitEvent("gen", "Normal Ready namespaces reconciled: " + name("a"));

        edit("a", "{\"metadata\":{\"labels\":{\"team\":\"edited\",\"%s\":null}}}".formatted(GENERATOR));
        await().atMost(Scenario.LIMIT)
                .untilAsserted(() ->
                        assertThat(labels("a")).containsEntry("team", "team-a").containsEntry(GENERATOR, uid("gen")));
        assertThat(annotations("a")).doesNotContainKey("sluice.dev/adopted-by");

        tenantsWith(Map.of("a", "metadata: {labels: {team: blue}}", "b", "metadata: {labels: {team: team-b}}"));
        scenario.awaitCondition(
                "gen",
                "Ready",
                "False",
                "ReconciliationFailed",
                "label \"team\" with value \"blue\" does not satisfy the allowed expression");
        assertThat(labels("a")).containsEntry("team", "team-a");
    }

    @Test
    void deletesManyNamespacesOnlyAfterAConfirmation() throws IOException {
        tenants("a", "b");
        scenario.start("--manage-namespaces");
        generator("gen", true);
        awaitSuccess("gen", "manages 2 namespace(s)");

        tenants("c", "d");
        // 2 of 2, and 2 of 4 once the new ones are managed
        scenario.awaitCondition("gen", "Stalled", "True", "PruneFailed", "managed namespaces are no longer targeted");
        assertThat(managed("gen")).containsExactlyInAnyOrder(name("a"), name("b"), name("c"), name("d"));
        assertThat(terminating("a")).isFalse();
        scenario.stop();
        scenario.start("--manage-namespaces");
        scenario.awaitCondition("gen", "Ready", "False", "PruneFailed", name("a") + ", " + name("b"));
        assertThat(terminating("a")).isFalse();
        edit("a", "{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");

        scenario.request("gen");

        awaitSuccess("gen", "manages 2 namespace(s)");
        assertThat(terminating("a")).isTrue();
        assertThat(terminating("b")).isTrue();
        assertThat(terminating("c")).isFalse();
        awaitEvent("gen", "Normal Ready Namespace %s deleted".formatted(name("a")));
        awaitEvent("gen", "Normal Ready ExternalArtifact/%s/app deleted".formatted(name("a")));
        assertThat(counted("gen", "pruned")).isEqualTo(2);
        assertThat(Conditions.find(scenario.generator("gen").conditions(), "NamespacePruneBlocked"))
                .isEmpty();

        tenants("a", "c", "d");
        scenario.awaitCondition(
                "gen", "Ready", "False", "ReconciliationFailed", "\"" + name("a") + "\" is being deleted");
        assertThat(scenario.cluster().externalArtifact(new ObjectKey(name("c"), "app")))
                .isPresent();
        edit("a", "{\"metadata\":{\"finalizers\":null}}");
    }

    @Test
    void managesOnlyWhatTheAccountMayDelete() throws IOException {
        assumeTrue(isReal, "the in-memory API authorizes everything");
        tenants("created");
        grant("create,patch");
        scenario.start("--manage-namespaces");
        generator("gen", true);
        scenario.awaitCondition("gen", "Stalled", "True", "AccessDenied", "may not delete namespaces");
        assertThat(find("created")).isEmpty();

        grant("create,patch,delete");
        await().atMost(Scenario.LIMIT).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            scenario.request("gen"); // a denial is remembered for five seconds
            assertThat(Conditions.isTrue(scenario.generator("gen").conditions(), "Ready"))
                    .isTrue();
        });
        assertThat(find("created")).isPresent();
    }

    @Test
    void prunesOnDeletionOnlyWhatItCreated() throws IOException {
        edit("adopted", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        tenants("adopted", "created");
        scenario.start("--manage-namespaces");
        generator("gen", true);
        awaitSuccess("gen", "manages 2 namespace(s)");
        assertThat(annotations("adopted")).containsEntry("sluice.dev/adopted-by", uid("gen"));
        awaitEvent("gen", "Warning Adopted adopted 1 unmanaged namespace(s)");
        assertThat(counted("gen", "adopted")).isEqualTo(1);

        scenario.cluster().deleteGenerator(scenario.key("gen"));
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.cluster().generator(scenario.key("gen")).isEmpty());
        assertThat(terminating("created")).isTrue();
        assertThat(terminating("adopted")).isFalse();
        assertThat(labels("adopted")).doesNotContainKey(GENERATOR);
    }

    @Test
    void keepsTenantsApart() throws IOException {
        tenants("good", "taken");
        scenario.start("--manage-namespaces", "--protected-namespaces=" + name("prot") + "*");
        generator("first", true);
        awaitSuccess("first", "manages 2 namespace(s)");

        tenants("good", "taken", "other", "protected");
        generator("first", true);
        scenario.awaitCondition(
                "first", "Ready", "False", "ReconciliationFailed", "cannot be managed: it is protected");
        assertThat(find("protected")).isEmpty();
        assertThat(counted("first", "refused")).isPositive();
        await().atMost(Scenario.LIMIT)
                .until(() -> scenario.cluster()
                        .externalArtifact(new ObjectKey(name("other"), "app"))
                        .isPresent());

        second();
        scenario.awaitCondition(
                "second", "Ready", "False", "ReconciliationFailed", "is managed by another ArtifactGenerator");
        assertThat(scenario.condition("second", "Ready").getMessage()).doesNotContain("/first");
        assertThat(labels("taken")).containsEntry(GENERATOR, uid("first"));
        scenario.cluster().deleteGenerator(scenario.key("second"));
        await().atMost(Scenario.LIMIT)
                .until(() ->
                        scenario.cluster().generator(scenario.key("second")).isEmpty());
        assertThat(terminating("taken")).isFalse();
    }

    @Test
    void turningItOffLeavesTheNamespaces() throws IOException {
        tenants("a");
        scenario.start("--manage-namespaces");
        generator("gen", true);
        awaitSuccess("gen", "manages 1 namespace(s)");
        ExternalArtifact published = published("a", "app");

        scenario.stop();
        scenario.start();
        scenario.request("gen");
        scenario.awaitCondition("gen", "Stalled", "True", "ValidationFailed", "spec.managedNamespaces is not enabled");
        assertThat(managed("gen")).containsExactly(name("a"));

        scenario.stop();
        scenario.start("--manage-namespaces");
        scenario.request("gen");
        scenario.awaitReady("gen");
        generator("gen", null);
        await().atMost(Scenario.LIMIT).until(() -> managed("gen").isEmpty());
        assertThat(labels("a")).containsEntry("team", "team-a").doesNotContainKey(GENERATOR);
        assertThat(terminating("a")).isFalse();
        scenario.awaitReady("gen");
        assertThat(published("a", "app")).isEqualTo(published);
        assertThat(scenario.file(published.artifact().orElseThrow())).exists();
        assertThat(scenario.status("gen").inventory())
                .as("readable by earlier versions")
                .allSatisfy(entry -> assertThat(entry.artifactKey()).isPresent());
    }

    @Test
    void handsANamespaceOverWithItsOrigin() throws Exception {
        tenants("moving");
        scenario.start("--manage-namespaces");
        fixed("first", "moving");
        awaitSuccess("first", "manages 1 namespace(s)");
        fixed("second", "moving");
        scenario.awaitCondition(
                "second", "Ready", "False", "ReconciliationFailed", "is managed by another ArtifactGenerator");

        scenario.annotate("first", "source.extensions.fluxcd.io/reconcile", "\"disabled\"");
        fixed("first", "elsewhere");
        awaitSuccess("second", "manages 1 namespace(s)");

        assertThat(labels("moving")).containsEntry(GENERATOR, uid("second"));
        assertThat(annotations("moving")).isEqualTo(Map.of("sluice.dev/created-by", uid("second")));
        awaitEvent("second", "Warning OwnershipConflict ownership conflict detected for 1 Namespace(s)");
        assertThat(counted("second", "taken_over")).isEqualTo(1);
        String taken = "Namespace %s is managed by ArtifactGenerator %s and is being taken over by %s/second"
                .formatted(name("moving"), uid("first"), own);
        await().atMost(Scenario.LIMIT)
                .untilAsserted(() -> assertThat(warnings(name("moving"))).containsExactly(taken));

        scenario.annotate("first", "source.extensions.fluxcd.io/reconcile", "null");
        await().atMost(Scenario.LIMIT)
                .untilAsserted(() -> assertThat(managed("first")).containsExactly(name("elsewhere")));
        assertThat(labels("moving")).containsEntry(GENERATOR, uid("second"));
        assertThat(terminating("moving")).isFalse();
        scenario.cluster().deleteGenerator(scenario.key("second"));
        await().atMost(Scenario.LIMIT).until(() -> terminating("moving"));
    }

    /** The API server of the test has no controller that would empty the namespace, so its deletion does not end. */
    @Test
    void aNamespaceWhoseDeletionDoesNotEndFailsItsArtifactsOnly() throws Exception {
        assumeTrue(isReal, "the in-memory API completes deletions");
        tenants("stuck", "other");
        scenario.start("--manage-namespaces");
        generator("gen", true);
        awaitSuccess("gen", "manages 2 namespace(s)");
        String uid = Objects.requireNonNull(find("stuck").orElseThrow().getUid());
        scenario.cluster().requests().delete(NAMESPACE, new ObjectKey("", name("stuck")), uid);

        String message = "namespace \"%s\" is being deleted".formatted(name("stuck"));
        scenario.awaitCondition("gen", "Ready", "False", "ReconciliationFailed", message);
        awaitEvent("gen", "Warning ReconciliationFailed namespace reconciliation failed: " + message);
        ExternalArtifact before = published("other", "app");
        tenants("stuck", "other", "third");
        await().atMost(Scenario.LIMIT)
                .untilAsserted(() -> assertThat(
                                scenario.cluster().externalArtifact(new ObjectKey(name("third"), "app")))
                        .isPresent());
        assertThat(published("other", "app")).isEqualTo(before);
        assertThat(managed("gen")).containsExactlyInAnyOrder(name("stuck"), name("other"), name("third"));

        CoreV1Api core = new CoreV1Api(api.newClient());
        V1Namespace emptied = core.readNamespace(name("stuck")).execute();
        core.replaceNamespaceFinalize(name("stuck"), emptied.spec(new V1NamespaceSpec()))
                .execute();

        awaitSuccess("gen", "generated 3 artifact(s) and manages 3 namespace(s)");
        assertThat(find("stuck").orElseThrow().getUid()).isNotEqualTo(uid);
        assertThat(annotations("stuck")).isEqualTo(Map.of("sluice.dev/created-by", uid("gen")));
    }

    @Test
    void losingThePermissionLeavesTheNamespaceAsItIs() throws IOException {
        assumeTrue(isReal, "the in-memory API authorizes everything");
        tenants("a");
        scenario.start("--manage-namespaces");
        generator("gen", true);
        awaitSuccess("gen", "manages 1 namespace(s)");
        V1ObjectMeta before = find("a").orElseThrow();
        ExternalArtifact published = published("a", "app");

        scenario.stop(); // an allowed request is remembered for 30 seconds
        grant("create,delete");
        scenario.start("--manage-namespaces");
        tenantsWith(Map.of("a", "metadata: {labels: {team: team-new}}"));

        scenario.awaitCondition("gen", "Stalled", "True", "AccessDenied", "may not patch namespaces");
        assertThat(find("a")).contains(before);
        assertThat(published("a", "app")).isEqualTo(published);
        assertThat(managed("gen")).containsExactly(name("a"));
    }

    private void tenants(String... names) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, """
                    metadata:
                      labels: {team: team-%s, pod-security.kubernetes.io/enforce: privileged}
                    """.formatted(name));
        }
        tenantsWith(files);
    }

    /** One directory for each tenant, with this content of its metadata file. */
    private void tenantsWith(Map<String, String> metadata) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        metadata.forEach((name, content) -> {
            files.put("tenants/" + name + "/x.yaml", "x: 1\n");
            files.put("tenants/" + name + "/ns.yaml", content);
        });
        scenario.publish("app", "main@sha1:" + files.hashCode(), files);
    }

    /** @param prune null for namespaces that are not managed */
    private void generator(String name, @Nullable Boolean prune) throws IOException {
        String managed = prune == null ? "" : """
                  managedNamespaces:
                    allowedNames: ["ns.startsWith('%s-')"]
                    prune: %s
                    metadata:
                      fromSource:
                        path: "@app/tenants/{tenant}/ns.yaml"
                        allowedLabels: {team: "value.startsWith('team-')"}
                      from:
                        - {strategy: Merge, namespace: "*", labels: {env: test}}
                """.formatted(own, prune);
        apply(name, managed, "@app/tenants/{tenant}");
    }

    /** A generator whose only artifact goes to this namespace, without a path pattern. */
    private void fixed(String name, String tenant) throws IOException {
        scenario.cluster().apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  serviceAccountName: deployer
                  managedNamespaces: {allowedNames: ["true"], prune: true}
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts:
                    - {name: %1$s, namespace: "%2$s-%3$s", copy: [{from: "@app/tenants/**", to: "@artifact/"}]}
                """.formatted(name, own, tenant));
    }

    private void second() throws IOException {
        apply("second", """
                  managedNamespaces:
                    allowedNames: ["true"]
                    prune: true
                """, "@app/{t}/{tenant}");
    }

    private void apply(String name, String managed, String pattern) throws IOException {
        scenario.cluster()
                .apply("""
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %s, namespace: %s}
                spec:
                  serviceAccountName: deployer
                  pathPattern: "%s"
                %s  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts:
                    - {name: %s, namespace: "%s-{tenant}", copy: [{from: "@app/tenants/{tenant}/**", to: "@artifact/"}]}
                """.formatted(name, own, pattern, managed, name.equals("second") ? "other" : "app", own));
    }

    /** Grants the service account these verbs on namespaces, and all on ExternalArtifacts. */
    private void grant(String verbs) throws IOException {
        if (!isReal) {
            return;
        }
        applyAs("test", ROLE, own, """
                {"rules": [{"apiGroups": [""], "resources": ["namespaces"], "verbs": ["%s"]},
                           {"apiGroups": ["source.toolkit.fluxcd.io"],
                            "resources": ["externalartifacts", "externalartifacts/status"],
                            "verbs": ["create", "patch", "delete"]}]}""".formatted(verbs.replace(",", "\",\"")));
        applyAs("test", BINDING, own, """
                {"roleRef": {"apiGroup": "%s", "kind": "ClusterRole", "name": "%s"},
                 "subjects": [{"kind": "ServiceAccount", "name": "deployer", "namespace": "%s"}]}""".formatted(RBAC, own, own));
    }

    private void applyAs(String manager, ApiKind kind, String name, String fields) throws IOException {
        JsonObject body = new Gson().fromJson(fields, JsonObject.class);
        body.addProperty("apiVersion", kind.apiVersion());
        body.addProperty("kind", kind.kind());
        JsonObject metadata = new JsonObject();
        metadata.addProperty("name", name);
        body.add("metadata", metadata);
        scenario.cluster()
                .requests()
                .apply(ResourcePath.of(kind, new ObjectKey("", name)), manager, body, JsonObject.class);
    }

    /** Changes a namespace as kubectl would; creates it first if it does not exist. */
    private void edit(String tenant, String patch) throws IOException {
        if (find(tenant).isEmpty()) {
            applyAs("kubectl", NAMESPACE, name(tenant), "{}");
        }
        scenario.cluster().edit(NAMESPACE, new ObjectKey("", name(tenant)), patch);
    }

    private void awaitSuccess(String generator, String message) {
        scenario.awaitCondition(generator, "Ready", "True", "Succeeded", message);
    }

    /** Events are written in the background. */
    private void awaitEvent(String generator, String start) {
        await().atMost(Scenario.LIMIT)
                .untilAsserted(() -> assertThat(scenario.cluster().events(scenario.key(generator)))
                        .anySatisfy(event -> assertThat(event).startsWith(start)));
    }

    /** Warnings about a namespace; they are stored in the namespace "default". */
    private List<String> warnings(String namespace) throws ApiException {
        return new CoreV1Api(api.newClient())
                .listNamespacedEvent("default").execute().getItems().stream()
                        .filter(event -> "Warning".equals(event.getType()))
                        .filter(event ->
                                namespace.equals(event.getInvolvedObject().getName()))
                        .map(event -> Objects.requireNonNull(event.getMessage()))
                        .toList();
    }

    private ExternalArtifact published(String tenant, String artifact) throws IOException {
        return scenario.cluster()
                .externalArtifact(new ObjectKey(name(tenant), artifact))
                .orElseThrow();
    }

    /** The value of the counter that Prometheus reads. */
    private double counted(String generator, String result) throws IOException {
        return scenario.metrics()
                .lines()
                .filter(line -> line.startsWith("sluice_namespaces_total{"))
                .filter(line -> line.contains("name=\"%s\"".formatted(generator)))
                .filter(line -> line.contains("namespace=\"%s\"".formatted(own)))
                .filter(line -> line.contains("result=\"%s\"".formatted(result)))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String name(String tenant) {
        return own + "-" + tenant;
    }

    private String uid(String generator) throws IOException {
        return Objects.requireNonNull(scenario.generator(generator).metadata().getUid());
    }

    private List<String> managed(String generator) throws IOException {
        return scenario.status(generator).inventory().stream()
                .filter(ArtifactInventoryEntry::isNamespace)
                .map(ArtifactInventoryEntry::name)
                .toList();
    }

    private Optional<V1ObjectMeta> find(String tenant) throws IOException {
        return scenario.cluster()
                .requests()
                .get(NAMESPACE, new ObjectKey("", name(tenant)), V1Namespace.class)
                .map(V1Namespace::getMetadata);
    }

    private Map<String, String> labels(String tenant) throws IOException {
        return Objects.requireNonNullElse(find(tenant).orElseThrow().getLabels(), Map.of());
    }

    private Map<String, String> annotations(String tenant) throws IOException {
        return Objects.requireNonNullElse(find(tenant).orElseThrow().getAnnotations(), Map.of());
    }

    /** Whether the deletion was requested. The real API server of the test has no controller that completes it. */
    private boolean terminating(String tenant) throws IOException {
        return find(tenant)
                .map(metadata -> metadata.getDeletionTimestamp() != null)
                .orElse(true);
    }
}
