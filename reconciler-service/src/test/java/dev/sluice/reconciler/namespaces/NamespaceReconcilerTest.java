package dev.sluice.reconciler.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.access.FakeReviews;
import dev.sluice.reconciler.access.NamespaceAccess;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.extensions.ManagedNamespaces;
import dev.sluice.toolkit.extensions.OutputArtifact;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which namespaces a run manages, and what an interrupted run leaves. */
class NamespaceReconcilerTest {

    private static final String MANAGER = "source-watcher";

    private final FakeApi api = new FakeApi();
    private final FakeReviews reviews = new FakeReviews();
    private final List<ArtifactInventoryEntry> recorded = new ArrayList<>();
    private final NamespaceReconciler reconciler = reconciler();

    private NamespaceReconciler reconciler() {
        ApiRequests client = api.apiRequests();
        NamespaceRequests requests = new NamespaceRequests(client, MANAGER);
        FieldOwners owners = new FieldOwners(MANAGER, Set.of());
        ProtectedNamespaces protectedNamespaces = ProtectedNamespaces.of("", "controllers", MANAGER);
        FakeCluster cluster = new FakeCluster();
        NamespaceAccess access = reviews.namespaceAccess(AccessRules.NONE);
        NamespaceTools tools = new NamespaceTools(
                new NamespaceApplier(
                        requests, new NamespaceOwners(cluster::withUid, client, MANAGER), protectedNamespaces, owners),
                new NamespacePruner(
                        requests,
                        protectedNamespaces,
                        new NamespaceUsers(requests, owners),
                        new PruneChecks(access, cluster),
                        MANAGER),
                name -> Optional.empty(),
                new AppliedMetadata(),
                new NamespaceMeters(new SimpleMeterRegistry()),
                MANAGER);
        return new NamespaceReconciler(tools, access, protectedNamespaces);
    }

    @Test
    void needsAnAccount() {
        ArtifactGenerator generator = generatorOf(null, Samples.output("tenant", "a"));

        assertThatThrownBy(() -> reconciler.validate(generator))
                .isInstanceOfSatisfying(
                        TerminalException.class, e -> assertThat(e.reason()).isEqualTo("AccessDenied"))
                .hasMessage("managing namespaces requires a service account; set spec.serviceAccountName");
    }

    @Test
    void neverManagesTheGeneratorsOwnNamespace() throws Exception {
        NamespaceResults results = run(generator(Samples.output("a"), Samples.output(Samples.NAMESPACE, "b")));

        assertThat(results).isEqualTo(NamespaceResults.NONE);
        assertThat(recorded).isEmpty();
        assertThat(api.requests()).isEmpty();
        assertThat(reviews.asked()).isEmpty();
    }

    /** No request means that not even their names are looked up. */
    @ParameterizedTest
    @CsvSource({
        "controllers, 'cannot be managed: it is protected; choose another namespace'",
        "kube-node-lease, 'cannot be managed: it is protected; choose another namespace'",
        "default, 'is never managed, so ArtifactGenerator apps/gen must not target it; choose another namespace'",
        "kube-system, 'is never managed, so ArtifactGenerator apps/gen must not target it; choose another namespace'",
        "kube-public, 'is never managed, so ArtifactGenerator apps/gen must not target it; choose another namespace'",
        "flux-system, 'is never managed, so ArtifactGenerator apps/gen must not target it; choose another namespace'"
    })
    void neverManagesTheNamespacesOfControllers(String name, String message) {
        assertThatThrownBy(() -> run(generator(Samples.output(name, "a"))))
                .isInstanceOfSatisfying(
                        NamespaceFailure.class, e -> assertThat(e.isFinal()).isTrue())
                .hasMessage("namespace \"%s\" %s".formatted(name, message));
        assertThat(recorded).isEmpty();
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aRunThatIsKilledBeforeItCreatesANamespaceLeavesItsEntry() throws Exception {
        ArtifactGenerator killed = killed();

        assertThat(recorded).extracting(ArtifactInventoryEntry::name).containsExactly("tenant");
        assertThat(api.requests()).isEmpty();
        assertThat(ManagedInventory.of(killed)).isEqualTo(recorded).isEqualTo(ManagedInventory.of(listing()));
    }

    @Test
    void theRunAfterAKilledOneCreatesTheNamespace() throws Exception {
        ArtifactGenerator killed = killed();
        recorded.clear();
        api.answer(NamespaceReconcilerTest::missing);
        api.answerWith(Map.of("metadata", Namespaces.own().metadata().resourceVersion("1")));

        NamespaceResults results = run(killed);

        assertThat(recorded).isEmpty();
        assertThat(results.changes()).extracting(NamespaceChange::kind).containsExactly(NamespaceChange.Kind.CREATED);
        assertThat(api.requests()).containsExactly("GET /api/v1/namespaces/tenant", "PATCH /api/v1/namespaces/tenant");
        assertThat(results.managed()).isEqualTo(results.announced()).isNotEqualTo(ManagedInventory.of(killed));
    }

    @Test
    void theDeletionAfterAKilledRunForgetsTheNamespace() throws Exception {
        ArtifactGenerator killed = listing();
        reviews.deny("tenant", "delete namespaces");
        api.answer(NamespaceReconcilerTest::missing);

        assertThat(reconciler.removeAll(killed).pruned())
                .containsExactly(PruneResult.done("tenant", PruneResult.Kind.FORGOTTEN));
        assertThat(api.requests()).containsExactly("GET /api/v1/namespaces/tenant");
    }

    @Test
    void aNamespaceInUseDoesNotDelayTheDeletion() throws Exception {
        ArtifactGenerator killed = listing();
        answer(Namespaces.own().manager("kustomize-controller", "Apply", Map.of("labels", List.of("k"))));

        NamespaceResults results = reconciler.removeAll(killed);

        assertThat(results.pruned()).extracting(PruneResult::kind).containsExactly(PruneResult.Kind.IN_USE);
        assertThat(results.withoutThoseInUse().pruned()).isEmpty();
        assertThat(api.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void aMissingPermissionOrAccountDeniesTheDeletion() throws Exception {
        ArtifactGenerator killed = listing();
        answer(Namespaces.own());
        reviews.deny("tenant", "delete namespaces");

        assertThat(reconciler.removeAll(killed).pruned())
                .containsExactly(PruneResult.left(
                        "tenant",
                        PruneResult.Kind.DENIED,
                        "service account \"apps/deployer\" may not delete namespaces \"tenant\"; it needs the verbs"
                                + " delete on namespaces"));

        ArtifactGenerator without =
                generatorOf(null, Samples.output("tenant", "a")).withStatus(killed.status());
        assertThat(reconciler.removeAll(without).pruned())
                .extracting(PruneResult::kind)
                .containsExactly(PruneResult.Kind.DENIED);
        assertThat(api.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void anUnreadableExternalFinalizerFailsTheDeletion() throws Exception {
        ArtifactGenerator killed = listing();
        answer(Namespaces.own().control("externalFinalizer", "/v1/ConfigMap/apps/x/uid"));
        api.answer(request -> request.contains("configmaps") ? 403 : 200);

        assertThat(reconciler.removeAll(killed).pruned())
                .extracting(PruneResult::kind)
                .containsExactly(PruneResult.Kind.FAILED);
        assertThat(api.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }

    /** A generator whose first run ended between the entry and the creation of the namespace. */
    private ArtifactGenerator killed() throws Exception {
        ArtifactGenerator generator = generator(Samples.output("tenant", "a"));
        begin(generator);
        return Samples.withInventory(generator, recorded.toArray(ArtifactInventoryEntry[]::new));
    }

    /** The same, without an access review that would be remembered. */
    private static ArtifactGenerator listing() {
        return Samples.withInventory(generator(Samples.output("tenant", "a")), ManagedInventory.unapplied("tenant"));
    }

    private NamespaceResults run(ArtifactGenerator generator) throws Exception {
        NamespaceRun run = begin(generator);
        for (PlannedArtifact artifact : planned(generator)) {
            run.reconcile(artifact, FileTree::empty);
        }
        return run.finish();
    }

    private NamespaceRun begin(ArtifactGenerator generator) throws Exception {
        try (RunBudget budget = new ProcessBudget(BudgetLimits.defaults()).open(generator.key())) {
            return reconciler.begin(
                    generator,
                    planned(generator),
                    new NamespaceFiles(Map.of(), budget),
                    (added, objection) -> recorded.addAll(added));
        }
    }

    private static List<PlannedArtifact> planned(ArtifactGenerator generator) {
        return generator.spec().artifacts().stream()
                .map(artifact -> new PlannedArtifact(artifact, Map.of()))
                .toList();
    }

    private static int missing(String request) {
        return request.startsWith("GET") ? 404 : 200;
    }

    /** Every answer is the namespace, which is also a list of resources with ConfigMaps. */
    private void answer(Namespaces current) {
        api.answerWith(Map.of(
                "metadata",
                current.metadata().resourceVersion("1"),
                "resources",
                List.of(Map.of("name", "configmaps", "kind", "ConfigMap"))));
    }

    private static ArtifactGenerator generator(OutputArtifact... artifacts) {
        return generatorOf("deployer", artifacts);
    }

    private static ArtifactGenerator generatorOf(@Nullable String account, OutputArtifact... artifacts) {
        ArtifactGenerator generator = Samples.generator(
                "gen",
                new ArtifactGeneratorSpec(
                        List.of(Samples.git("app")),
                        List.of(artifacts),
                        null,
                        null,
                        account,
                        new ManagedNamespaces(List.of("true"), true, null),
                        List.of()));
        generator.metadata().setUid(Namespaces.OWN);
        return generator;
    }
}
