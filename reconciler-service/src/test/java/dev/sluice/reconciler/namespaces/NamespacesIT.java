package dev.sluice.reconciler.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.reconciler.InstalledCrds;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.namespaces.NamespaceChange.Kind;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Applies and prunes namespaces at a Kubernetes API, beside other clients. */
@KubernetesTest
class NamespacesIT {

    private static final String MANAGER = "source-watcher";
    private static final String PREFIX = "source.extensions.fluxcd.io/";
    private static final String GENERATOR = PREFIX + "generator";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final ApiKind CONFIG_MAP = new ApiKind("", "v1", "ConfigMap", "configmaps");

    private final ApiClient client;
    private final ApiRequests api;
    private final String name;
    private final ArtifactGenerator generator;
    private final NamespaceRequests requests;
    private final NamespaceApplier applier;
    private final NamespacePruner pruner;
    private boolean mayDelete = true;

    NamespacesIT(ApiClient client, @TestNamespace String namespace) {
        ToolkitJson.install();
        this.client = client;
        this.api = new ApiRequests(client, Duration.ofSeconds(30));
        this.name = namespace + "-managed";
        this.generator = generator("gen", "uid-" + namespace, namespace);
        this.requests = new NamespaceRequests(api, MANAGER);
        FieldOwners owners = new FieldOwners(MANAGER, Set.of("policy-controller"));
        ProtectedNamespaces protectedNamespaces = ProtectedNamespaces.of("", namespace, MANAGER);
        this.applier = new NamespaceApplier(
                requests, new NamespaceOwners(uid -> Optional.empty(), api, MANAGER), protectedNamespaces, owners);
        this.pruner = new NamespacePruner(
                requests,
                protectedNamespaces,
                new NamespaceUsers(requests, owners),
                new NamespacePruner.DeleteAccess() {

                    @Override
                    public boolean isUnchanged(ArtifactGenerator by) {
                        return true;
                    }

                    @Override
                    public Optional<String> denial(ArtifactGenerator by, String deleted) {
                        return mayDelete ? Optional.empty() : Optional.of("no right to delete " + deleted);
                    }
                },
                MANAGER);
    }

    private static ArtifactGenerator generator(String name, String uid, String namespace) {
        return new ArtifactGenerator(
                new V1ObjectMeta().name(name).namespace(namespace).uid(uid).generation(1L),
                new ArtifactGeneratorSpec(List.of(), List.of(), null, null));
    }

    @Test
    void createsANamespaceAndWritesNothingAgain() throws Exception {
        NamespaceChange created = apply(desired(Map.of("team", "red"), Map.of("note", "x")));
        NamespaceChange unchanged = apply(desired(Map.of("team", "red"), Map.of("note", "x")));
        NamespaceChange changed = apply(desired(Map.of("team", "blue"), Map.of()));

        assertThat(created.kind()).isEqualTo(Kind.CREATED);
        assertThat(unchanged.kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(unchanged.metadata().getResourceVersion())
                .isEqualTo(created.metadata().getResourceVersion());
        assertThat(changed.kind()).isEqualTo(Kind.RECONCILED);
        assertThat(state().labels()).containsEntry("team", "blue").containsEntry(GENERATOR, uid());
        assertThat(state().annotations()).isEqualTo(Map.of(Namespaces.CREATED_BY, uid()));
        assertThat(isAdopted()).isFalse();
        assertThat(state().appliedBy(MANAGER).digest())
                .isEqualTo(desired(Map.of("team", "blue"), Map.of()).digest());
    }

    @Test
    void neverCreatesOverANamespaceThatAppearedMeanwhile() throws Exception {
        edit("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");

        assertThatThrownBy(() -> requests.create(desired(Map.of(), Map.of())))
                .isInstanceOfSatisfying(
                        ApiRequestException.class,
                        e -> assertThat(e.isConflict()).isTrue());
        assertThat(state().generatorUid()).isEmpty();
    }

    @Test
    void doesNotCarryOutADecisionOnAChangedNamespace() throws Exception {
        NamespaceState seen =
                new NamespaceState(apply(desired(Map.of(), Map.of())).metadata());
        edit("{\"metadata\":{\"annotations\":{\"" + PREFIX + "prune\":\"Disabled\"}}}");

        assertThatThrownBy(() -> requests.delete(seen)).isInstanceOf(ApiRequestException.class);
        assertThatThrownBy(() -> requests.apply(seen, desired(Map.of("x", "y"), Map.of())))
                .isInstanceOf(ApiRequestException.class);
        assertThat(state().labels()).doesNotContainKey("x");
    }

    /** A real API server keeps the namespace, because the test has no controller that would empty it. */
    @Test
    void neitherChangesNorRecreatesANamespaceThatIsDeletedMeanwhile() throws Exception {
        DesiredNamespace desired = desired(Map.of("x", "y"), Map.of());
        NamespaceState seen =
                new NamespaceState(apply(desired(Map.of(), Map.of())).metadata());
        requests.delete(seen);

        assertThatThrownBy(() -> requests.apply(seen, desired))
                .isInstanceOfSatisfying(
                        ApiRequestException.class,
                        e -> assertThat(e.isConflict()).isTrue());
        if (requests.read(name).isPresent()) {
            assertThatThrownBy(() -> apply(desired))
                    .isInstanceOf(NamespaceFailure.class)
                    .hasMessageContaining("is being deleted");
            assertThat(state().labels()).doesNotContainKey("x");
        } else {
            assertThat(apply(desired).kind()).isEqualTo(Kind.CREATED);
        }
    }

    @Test
    void adoptsANamespaceAndTakesTheFieldsOfKubectl() throws Exception {
        edit(
                "kubectl-client-side-apply",
                "{\"metadata\":{\"labels\":{\"old\":\"1\",\"team\":\"green\"}," + "\"annotations\":{\"" + LAST_APPLIED
                        + "\":\"{}\",\"" + PREFIX + "ssa\":\"unknown\"}}}");
        edit("policy-controller", "{\"metadata\":{\"labels\":{\"policy\":\"1\"}}}");
        edit("helm", "{\"metadata\":{\"labels\":{\"chart\":\"1\"}}}");

        NamespaceChange adopted = apply(desired(Map.of("team", "red"), Map.of()));

        assertThat(adopted.kind()).isEqualTo(Kind.ADOPTED);
        assertThat(state().labels())
                .containsEntry("team", "red")
                .containsEntry("chart", "1")
                .doesNotContainKeys("old", "policy");
        assertThat(state().annotations())
                .containsEntry("sluice.dev/adopted-by", uid())
                .containsEntry(PREFIX + "ssa", "unknown")
                .doesNotContainKey(LAST_APPLIED);
        assertThat(apply(desired(Map.of("team", "red"), Map.of())).kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(apply(desired(Map.of("team", "blue"), Map.of())).kind()).isEqualTo(Kind.RECONCILED);
        assertThat(isAdopted()).isTrue();
    }

    @Test
    void leavesTheFieldsOfKubectlWithTheMergePolicy() throws Exception {
        edit(
                "kubectl-edit",
                "{\"metadata\":{\"labels\":{\"old\":\"1\"},\"annotations\":{\"" + PREFIX + "ssa\":\"Merge\"}}}");

        apply(desired(Map.of("team", "red"), Map.of()));

        assertThat(state().labels()).containsEntry("old", "1").containsEntry("team", "red");
    }

    @Test
    void keepsTheProtectionThatAnAdministratorAdds() throws Exception {
        DesiredNamespace desired = desired(Map.of(), Map.of(PREFIX + "prune", "Enabled"));
        apply(desired);
        edit("kubectl-annotate", "{\"metadata\":{\"annotations\":{\"" + PREFIX + "prune\":\"Disabled\"}}}");

        apply(desired);
        PruneResult pruned = pruner.prune(generator, name, true);

        assertThat(pruned.kind()).isEqualTo(PruneResult.Kind.RELEASED);
        assertThat(state().annotations()).containsEntry(PREFIX + "prune", "Disabled");
    }

    @Test
    void doesNotWriteToAnExcludedNamespace() throws Exception {
        edit("{\"metadata\":{\"annotations\":{\"" + PREFIX + "reconcile\":\"Disabled\"}}}");
        String version = state().metadata().getResourceVersion();

        NamespaceChange left = apply(desired(Map.of("team", "red"), Map.of()));

        assertThat(left.kind()).isEqualTo(Kind.LEFT);
        assertThat(state().metadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void createsAMissingNamespaceAndLeavesAnExistingOneWithTheIfNotPresentPolicy() throws Exception {
        Map<String, String> policy = Map.of(PREFIX + "ssa", "IfNotPresent");

        NamespaceChange created = apply(desired(Map.of("team", "red"), policy));
        NamespaceChange left = apply(desired(Map.of("team", "blue"), policy));

        assertThat(created.kind()).isEqualTo(Kind.CREATED);
        assertThat(left.kind()).isEqualTo(Kind.LEFT);
        assertThat(state().labels()).containsEntry("team", "red").containsEntry(GENERATOR, uid());
        assertThat(state().annotations()).containsAllEntriesOf(policy);
        assertThat(state().metadata().getResourceVersion())
                .isEqualTo(created.metadata().getResourceVersion());
        assertThat(apply(desired(Map.of("team", "blue"), Map.of())).kind())
                .as("what the namespace says counts, too")
                .isEqualTo(Kind.LEFT);
        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.DELETED);
    }

    @Test
    void neverLabelsOrDeletesAnExistingNamespaceWithTheIfNotPresentPolicy() throws Exception {
        edit("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        String version = state().metadata().getResourceVersion();

        NamespaceChange left = apply(desired(Map.of("team", "red"), Map.of(PREFIX + "ssa", "IfNotPresent")));

        assertThat(left.kind()).isEqualTo(Kind.LEFT);
        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.FORGOTTEN);
        assertThat(state().metadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void adoptsTheNamespaceOfADeletedGeneratorAndRefusesThatOfALivingOne() throws Exception {
        InstalledCrds.in(client);
        JsonObject living = new Gson().fromJson("""
                {"apiVersion": "source.extensions.fluxcd.io/v1beta1", "kind": "ArtifactGenerator",
                 "metadata": {"name": "other"},
                 "spec": {"pathPattern": "@a/{t}",
                  "sources": [{"alias": "a", "kind": "GitRepository", "name": "a"}],
                  "artifacts": [{"name": "{t}", "copy": [{"from": "@a/**", "to": "@artifact/"}]}]}}""", JsonObject.class);
        String owner = api.apply(
                        ResourcePath.of(
                                ArtifactGenerator.TYPE.kind(),
                                new ObjectKey(generator.key().namespace(), "other")),
                        "test",
                        living,
                        JsonObject.class)
                .getAsJsonObject("metadata")
                .get("uid")
                .getAsString();
        edit(MANAGER, "{\"metadata\":{\"labels\":{\"" + GENERATOR + "\":\"" + owner + "\"}}}");

        assertThatThrownBy(() -> apply(desired(Map.of(), Map.of())))
                .isInstanceOf(NamespaceFailure.class)
                .hasMessageContaining("is managed by another ArtifactGenerator")
                .hasMessageNotContaining("other/");
        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.FORGOTTEN);
        assertThat(state().generatorUid()).isEqualTo(owner);

        api.delete(ArtifactGenerator.TYPE.kind(), new ObjectKey(generator.key().namespace(), "other"), owner);

        assertThat(apply(desired(Map.of(), Map.of())).kind()).isEqualTo(Kind.ADOPTED);
    }

    @Test
    void releasesOnlyItsLabels() throws Exception {
        apply(desired(Map.of("pod-security.kubernetes.io/enforce", "restricted"), Map.of("note", "x")));

        PruneResult released = pruner.prune(generator, name, false);

        assertThat(released.kind()).isEqualTo(PruneResult.Kind.RELEASED);
        assertThat(state().isTerminating()).isFalse();
        assertThat(state().labels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                .doesNotContainKeys(GENERATOR, "app.kubernetes.io/managed-by");
        assertThat(state().annotations()).containsEntry("note", "x");
        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.FORGOTTEN);
    }

    @Test
    void deletesWhatItCreatedIfItMay() throws Exception {
        apply(desired(Map.of(), Map.of()));
        mayDelete = false;

        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.DENIED);
        assertThat(state().isTerminating()).isFalse();

        mayDelete = true;
        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.DELETED);
        assertThat(requests.read(name).map(NamespaceState::isTerminating).orElse(true))
                .isTrue();
        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.FORGOTTEN);
    }

    @Test
    void releasesWhatItAdopted() throws Exception {
        edit("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        apply(desired(Map.of(), Map.of()));

        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.RELEASED);
        assertThat(state().isTerminating()).isFalse();
        assertThat(isAdopted()).isFalse();
    }

    /** A tenant can write the status of his generator. */
    @Test
    void doesNotTakeAReleasedNamespaceForItsOwnBecauseOfAnInventory() throws Exception {
        apply(desired(Map.of("team", "red"), Map.of()));
        pruner.prune(generator, name, false);
        ArtifactGenerator forger = listing(generator("forger", "uid-forger", "tenant"));

        NamespaceChange change = applier.apply(forger, desired(forger, Map.of("team", "red")), Optional.empty());

        assertThat(change.kind()).isEqualTo(Kind.ADOPTED);
        assertThat(isAdopted()).isTrue();
        assertThat(pruner.prune(forger, name, true).kind()).isEqualTo(PruneResult.Kind.RELEASED);
        assertThat(state().isTerminating()).isFalse();
    }

    @Test
    void knowsWhatItCreatedByItsAnnotationOnly() throws Exception {
        ArtifactGenerator listing = listing(generator);
        apply(desired(Map.of("team", "red"), Map.of()));
        edit("{\"metadata\":{\"labels\":{\"" + GENERATOR + "\":null}}}");

        assertThat(apply(desired(Map.of("team", "red"), Map.of())).kind()).isEqualTo(Kind.RECONCILED);
        assertThat(isAdopted()).isFalse();

        edit("{\"metadata\":{\"labels\":{\"" + GENERATOR + "\":null},\"annotations\":{\"" + Namespaces.CREATED_BY
                + "\":null}}}");

        NamespaceChange change = applier.apply(listing, desired(listing, Map.of("team", "red")), Optional.empty());
        assertThat(change.kind()).isEqualTo(Kind.ADOPTED);
        assertThat(pruner.prune(listing, name, true).kind()).isEqualTo(PruneResult.Kind.RELEASED);
    }

    /** The label is the generator's, but another client has written it. */
    @Test
    void adoptsANamespaceWithACopiedLabel() throws Exception {
        edit("{\"metadata\":{\"labels\":{\"" + GENERATOR + "\":\"" + uid() + "\"}}}");

        assertThat(apply(desired(Map.of(), Map.of())).kind()).isEqualTo(Kind.ADOPTED);
        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.RELEASED);
    }

    /** With an inventory that says that the generator has applied the namespace. */
    private ArtifactGenerator listing(ArtifactGenerator by) {
        String digest = desired(by, Map.of("team", "red")).digest();
        return by.withStatus(new ArtifactGeneratorStatus(
                List.of(), List.of(ArtifactInventoryEntry.namespace(name, digest)), null, null));
    }

    private boolean isAdopted() throws IOException {
        return state().annotations().containsKey(Namespaces.ADOPTED_BY);
    }

    @Test
    void doesNotDeleteANamespaceThatAnotherApplierUses() throws Exception {
        apply(desired(Map.of(), Map.of()));
        JsonObject map = new Gson().fromJson("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied",
                 "labels": {"kustomize.toolkit.fluxcd.io/name": "apps"}}}""", JsonObject.class);
        JsonObject applied = api.create(CONFIG_MAP, new ObjectKey(name, "applied"), map, JsonObject.class);

        PruneResult left = pruner.prune(generator, name, true);

        assertThat(left.kind()).isEqualTo(PruneResult.Kind.IN_USE);
        assertThat(left.problem())
                .contains("namespace \"" + name + "\" is not deleted: it has a ConfigMap with the label kustomize");
        assertThat(state().isTerminating()).isFalse();

        api.delete(CONFIG_MAP, new ObjectKey(name, "applied"), uid(applied));
        api.apply(path(), "kustomize-controller", new Gson().fromJson("""
                        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"labels": {"k": "1"}}}""", JsonObject.class), JsonObject.class);
        assertThat(pruner.prune(generator, name, true).problem()).contains("kustomize-controller applies it");
    }

    @Test
    void leavesADelegatedNamespaceToTheObjectThatExists() throws Exception {
        apply(desired(Map.of(), Map.of()));
        String namespace = generator.key().namespace();
        JsonObject map = new Gson().fromJson("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "responsible"}}""", JsonObject.class);
        String uid = uid(api.create(CONFIG_MAP, new ObjectKey(namespace, "responsible"), map, JsonObject.class));
        edit("flux-operator", externalFinalizer("/v1/ConfigMap/%s/responsible/%s".formatted(namespace, uid)));

        assertThat(pruner.prune(generator, name, true).kind()).isEqualTo(PruneResult.Kind.FORGOTTEN);
        assertThat(state().generatorUid()).isEqualTo(uid());

        for (String other : List.of(
                "/v1/ConfigMap/%s/responsible/another-uid".formatted(namespace), "self", "unknown/v1/X/a/b/c")) {
            edit("flux-operator", externalFinalizer(other));
            mayDelete = false;
            assertThat(pruner.prune(generator, name, true).kind()).as(other).isEqualTo(PruneResult.Kind.DENIED);
        }
    }

    @Test
    void refusesProtectedNamespaces() {
        DesiredNamespace own = new DesiredNamespace(generator.key().namespace(), Map.of(), Map.of());

        assertThatThrownBy(() -> apply(own))
                .isInstanceOf(NamespaceFailure.class)
                .hasMessageContaining("protected");
    }

    private NamespaceChange apply(DesiredNamespace desired) throws Exception {
        return applier.apply(generator, desired, Optional.empty());
    }

    private DesiredNamespace desired(Map<String, String> labels, Map<String, String> annotations) {
        return desired(generator, labels, annotations);
    }

    private DesiredNamespace desired(ArtifactGenerator by, Map<String, String> labels) {
        return desired(by, labels, Map.of());
    }

    private DesiredNamespace desired(
            ArtifactGenerator by, Map<String, String> labels, Map<String, String> annotations) {
        try {
            return new NamespaceMetadataPlan(Ownership.uidOf(by), new CommonMetadata(labels, annotations), List.of())
                    .of(name, new CommonMetadata(Map.of(), Map.of()));
        } catch (NamespaceFailure e) {
            throw new AssertionError(e);
        }
    }

    private NamespaceState state() throws IOException {
        return requests.read(name).orElseThrow();
    }

    private String uid() {
        return "uid-" + generator.key().namespace();
    }

    private static String uid(JsonObject object) {
        return object.getAsJsonObject("metadata").get("uid").getAsString();
    }

    private ResourcePath path() {
        return ResourcePath.of(NamespaceRequests.TYPE.kind(), new ObjectKey("", name));
    }

    private static String externalFinalizer(String value) {
        return "{\"metadata\":{\"annotations\":{\"" + PREFIX + "externalFinalizer\":\"" + value + "\"}}}";
    }

    private void edit(String patch) throws IOException {
        edit("somebody", patch);
    }

    /** Changes the namespace as another client; creates it first if it does not exist. */
    private void edit(String manager, String patch) throws IOException {
        if (requests.read(name).isEmpty()) {
            JsonObject namespace = new Gson().fromJson("""
                    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}""".formatted(name), JsonObject.class);
            api.create(NamespaceRequests.TYPE.kind(), new ObjectKey("", name), namespace, JsonObject.class);
        }
        api.mergePatch(path(), manager, new Gson().fromJson(patch, JsonObject.class), JsonObject.class);
    }
}
