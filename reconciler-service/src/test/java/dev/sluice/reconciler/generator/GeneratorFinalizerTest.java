package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.access.FakeReviews;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.InventoryRecorder;
import dev.sluice.reconciler.namespaces.ManagedNamespaceStep;
import dev.sluice.reconciler.namespaces.NamespaceDrift;
import dev.sluice.reconciler.namespaces.NamespaceFiles;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.reconciler.namespaces.NamespaceRun;
import dev.sluice.reconciler.namespaces.PruneResult;
import dev.sluice.reconciler.namespaces.PruneResult.Kind;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.publish.ExternalArtifactStores;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a generator that is being deleted is gone, and what it says about the objects that stay. */
class GeneratorFinalizerTest {

    private static final String IN_USE = "namespace \"used\" is not deleted: others use it";
    private static final String DENIED = "namespace \"denied\" is not deleted: may not delete";
    private static final String FAILED = "namespace \"failed\" is not deleted: no quorum";

    private final FakeCluster cluster = new FakeCluster();
    private final FakeReviews reviews = new FakeReviews();
    private final List<PruneResult> pruned = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    @TempDir
    Path temporary;

    private GeneratorFinalizer finalizer;

    @BeforeEach
    void create() throws Exception {
        OrphanRemover orphans = new OrphanRemover(
                cluster,
                cluster,
                ExternalArtifactStores.to(new FakeApi(), new RecentWrites<>()),
                StorageFixture.in(temporary).storage(),
                reviews.access(new AccessRules("fallback", false, "")),
                new KeyLocks());
        finalizer = new GeneratorFinalizer(new Removals(), orphans, new Pruning(), new RecentWrites<>());
    }

    @Test
    void aNamespaceInUseDoesNotDelayTheDeletionAndIsNamed() throws Exception {
        pruned.add(new PruneResult("gone", Kind.DELETED, ""));
        pruned.add(new PruneResult("used", Kind.IN_USE, IN_USE));

        assertThat(finish(Map.of())).isInstanceOfSatisfying(Outcome.Deleted.class, deleted -> {
            assertThat(deleted.left()).containsExactly(IN_USE);
            assertThat(deleted.changes().namespaces().pruned()).isEqualTo(pruned);
        });
        assertThat(removed).containsExactly(GeneratorFinalizer.FINALIZER);
    }

    @Test
    void aDeniedNamespaceDelaysTheDeletion() throws Exception {
        pruned.add(new PruneResult("denied", Kind.DENIED, DENIED));
        pruned.add(new PruneResult("used", Kind.IN_USE, IN_USE));

        assertThat(finish(Map.of())).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo("PruneFailed");
            assertThat(retry.message()).isEqualTo("failed to prune 1 object(s), retrying\n" + DENIED);
        });
        assertThat(removed).isEmpty();
    }

    @Test
    void anAdministratorCanLeaveDeniedObjects() throws Exception {
        pruned.add(new PruneResult("denied", Kind.DENIED, DENIED));
        cluster.with(Samples.externalArtifact("tenant", "a", "gen"));
        reviews.deny("tenant", "delete externalartifacts");

        assertThat(finish(Map.of("source.extensions.fluxcd.io/onDeniedDeletion", "Leave")))
                .isInstanceOfSatisfying(
                        Outcome.Deleted.class,
                        deleted -> assertThat(deleted.left())
                                .hasSize(2)
                                .contains(DENIED)
                                .anySatisfy(text ->
                                        assertThat(text).startsWith("tenant/a removal failed: service account")));
        assertThat(removed).containsExactly(GeneratorFinalizer.FINALIZER);
    }

    @Test
    void leavingDeniedObjectsDoesNotLeaveOthers() throws Exception {
        pruned.add(new PruneResult("denied", Kind.DENIED, DENIED));
        pruned.add(new PruneResult("failed", Kind.FAILED, FAILED));

        assertThat(finish(Map.of("source.extensions.fluxcd.io/onDeniedDeletion", "leave")))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.message())
                                .isEqualTo("failed to prune 1 object(s), retrying\n" + FAILED));
        assertThat(removed).isEmpty();
    }

    @Test
    void otherValuesOfTheAnnotationLeaveNothing() throws Exception {
        pruned.add(new PruneResult("denied", Kind.DENIED, DENIED));

        assertThat(finish(Map.of("source.extensions.fluxcd.io/onDeniedDeletion", "true")))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(removed).isEmpty();
    }

    /** Deletes a generator with an inventory entry in namespace "tenant". */
    private Outcome finish(Map<String, String> annotations) throws Exception {
        ArtifactGenerator generator = Samples.annotated(
                Samples.withInventory(Samples.crossing("gen", "tenant", "a"), Samples.entry("tenant", "a")),
                annotations);
        generator.metadata().setFinalizers(List.of(GeneratorFinalizer.FINALIZER));
        return finalizer.finish(generator);
    }

    private final class Pruning implements ManagedNamespaceStep {

        @Override
        public void validate(ArtifactGenerator generator) {}

        @Override
        public NamespaceRun begin(
                ArtifactGenerator generator,
                List<PlannedArtifact> artifacts,
                NamespaceFiles files,
                InventoryRecorder recorder) {
            return NamespaceRun.unmanaged(generator);
        }

        @Override
        public NamespaceResults removeAll(ArtifactGenerator generator) {
            return new NamespaceResults(List.of(), List.of(), List.of(), List.of(), pruned, Optional.empty());
        }

        @Override
        public void forget(ArtifactGenerator generator) {}

        @Override
        public Optional<NamespaceDrift.Difference> drift(ArtifactGenerator generator) {
            return Optional.empty();
        }
    }

    private final class Removals implements GeneratorWrites {

        @Override
        public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeFinalizer(ArtifactGenerator generator, String finalizer) {
            removed.add(finalizer);
        }

        @Override
        public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status) {
            throw new UnsupportedOperationException();
        }
    }
}
