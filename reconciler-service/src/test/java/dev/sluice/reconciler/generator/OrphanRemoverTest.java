package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.access.FakeReviews;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.publish.ExternalArtifactStores;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrphanRemoverTest {

    private static final String OBJECTS = "/apis/source.toolkit.fluxcd.io/v1/namespaces/apps/externalartifacts/";
    private static final ArtifactGenerator GENERATOR =
            Samples.withInventory(Samples.generator("gen", "b"), Samples.entry("a"), Samples.entry("b"));

    @TempDir
    Path temporary;

    private final FakeCluster cluster = new FakeCluster();
    private final FakeApi api = new FakeApi();
    private final KeyLocks locks = new KeyLocks();
    private StorageFixture fixture;
    private OrphanRemover remover;

    @BeforeEach
    void start() throws IOException {
        fixture = StorageFixture.in(temporary);
        cluster.with(GENERATOR);
        api.answer(this::deleting);
        remover = new OrphanRemover(
                cluster,
                cluster,
                ExternalArtifactStores.to(api, new RecentWrites<>()),
                fixture.storage(),
                FakeReviews.unchecked(),
                locks);
    }

    @Test
    void removesAnOrphanedObjectAndItsFiles() throws Exception {
        cluster.with(Samples.externalArtifact("a", "gen"), Samples.externalArtifact("b", "gen"));
        Artifact a = store("a");
        Artifact b = store("b");

        assertThat(remover.removeAllBut(keys("b"), GENERATOR)).isEqualTo(Removal.of(Samples.key("a")));

        assertThat(api.requests()).containsExactly("DELETE " + OBJECTS + "a");
        assertThat(fixture.file(a).getParent()).doesNotExist();
        assertThat(fixture.file(b)).exists();
    }

    @Test
    void findsObjectsOfACrashedRunByLabel() throws Exception {
        cluster.with(Samples.externalArtifact("crashed", "gen"));

        remover.removeAllBut(keys("b", "a"), GENERATOR);

        assertThat(api.requests()).containsExactly("DELETE " + OBJECTS + "crashed");
    }

    @Test
    void removesFilesOfADeletedObject() throws Exception {
        Artifact a = store("a");

        assertThat(remover.removeAllBut(keys("b"), GENERATOR)).isEqualTo(Removal.of(Samples.key("a")));

        assertThat(api.requests()).isEmpty();
        assertThat(fixture.file(a)).doesNotExist();
    }

    @Test
    void keepsObjectsThatNowBelongToOthers() throws Exception {
        cluster.with(Samples.externalArtifact("a", "other"));
        Artifact a = store("a");

        assertThat(remover.removeAllBut(keys("b"), GENERATOR)).isEqualTo(Removal.NONE);

        assertThat(api.requests()).isEmpty();
        assertThat(fixture.file(a)).exists();
    }

    @Test
    void keepsFilesAndReportsAFailedDeletion() throws Exception {
        cluster.with(Samples.externalArtifact("a", "gen"));
        Artifact a = store("a");
        api.answer(500);

        assertThat(remover.removeAllBut(keys("b"), GENERATOR).leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message()).startsWith("a removal failed: "));
        assertThat(fixture.file(a)).exists();
    }

    @Test
    void keepsFilesWhileAFinalizerHoldsTheObject() throws Exception {
        ExternalArtifact held = Samples.externalArtifact("a", "gen");
        held.metadata().setFinalizers(List.of("example.com/hold"));
        held.metadata().setDeletionTimestamp(OffsetDateTime.parse("2026-11-22T10:00:00Z"));
        cluster.with(held);
        api.answer(200);
        Artifact a = store("a");

        assertThat(remover.removeAllBut(keys("b"), GENERATOR).leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message()).contains("example.com/hold"));
        assertThat(api.requests()).containsExactly("DELETE " + OBJECTS + "a");
        assertThat(fixture.file(a)).exists();
    }

    @Test
    void removesNothingIfTheListFails() throws Exception {
        Artifact a = store("a");
        cluster.forgetList();

        assertThatIOException().isThrownBy(() -> remover.removeAllBut(keys("b"), GENERATOR));
        assertThat(fixture.file(a)).exists();
    }

    @Test
    void removesNothingWhileTheApiServerIsUnreachable() throws Exception {
        Artifact a = store("a");
        store("b");
        cluster.breakDown();

        assertThat(remover.removeAllBut(Set.of(), GENERATOR).leftovers()).hasSize(2);
        assertThat(fixture.file(a)).exists();
    }

    @Test
    void holdsTheNameUntilItsFilesAreRemoved() throws Exception {
        cluster.with(Samples.externalArtifact("a", "gen"));
        store("a");
        AtomicBoolean claimed = new AtomicBoolean();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            api.during(() -> claimed.set(claims(other)));
            remover.removeAllBut(keys("b"), GENERATOR);
        } finally {
            other.shutdownNow();
        }
        assertThat(claimed).isFalse();
        locks.hold(Samples.key("a")).release();
    }

    @Test
    void sendsNoRequestsForInventoryEntriesWithoutFiles() throws Exception {
        cluster.breakDown();

        assertThat(remover.removeAllBut(Set.of(), GENERATOR).leftovers()).isEmpty();
        assertThat(api.requests()).isEmpty();
    }

    static Stream<ArtifactGenerator> changedGenerators() {
        V1ObjectMeta relabelled = meta().labels(Map.of("shard", "other"));
        return Stream.of(
                GENERATOR.withMetadata(meta().generation(4L)), GENERATOR.withMetadata(relabelled.generation(3L)));
    }

    private static V1ObjectMeta meta() {
        return new V1ObjectMeta().namespace("apps").name("gen").uid("uid-gen");
    }

    @ParameterizedTest
    @MethodSource("changedGenerators")
    void removesNothingIfTheGeneratorHasChanged(ArtifactGenerator now) throws Exception {
        cluster.with(Samples.externalArtifact("a", "gen")).with(now);
        Artifact a = store("a");

        assertThatExceptionOfType(ApiRequestException.class)
                .isThrownBy(() -> remover.removeAllBut(keys("b"), GENERATOR))
                .satisfies(e -> assertThat(e.isConflict()).isTrue());
        assertThat(api.requests()).isEmpty();
        assertThat(fixture.file(a)).exists();
        locks.hold(Samples.key("a")).release();
    }

    @Test
    void removesObjectsOfADeletedGenerator() throws Exception {
        V1ObjectMeta deleted =
                meta().labels(Map.of("shard", "other")).deletionTimestamp(OffsetDateTime.parse("2026-11-22T10:00:00Z"));
        cluster.with(Samples.externalArtifact("a", "gen")).with(GENERATOR.withMetadata(deleted));
        store("a");

        assertThat(remover.removeAllBut(keys("b"), GENERATOR).leftovers()).isEmpty();
        assertThat(cluster.cached(Samples.key("a"))).isEmpty();
    }

    @Test
    void reportsAnObjectThatKeepsChanging() throws Exception {
        cluster.with(Samples.externalArtifact("a", "gen"));
        Artifact a = store("a");
        api.answer(409);

        assertThat(remover.removeAllBut(keys("b"), GENERATOR).leftovers()).hasSize(1);
        assertThat(fixture.file(a)).exists();
    }

    private static final ObjectKey FOREIGN = new ObjectKey("tenant-a", "x");

    private static ArtifactGenerator listing(ObjectKey... keys) {
        return Samples.withInventory(
                Samples.crossing("gen", "tenant-a", "other"),
                Arrays.stream(keys)
                        .map(key -> Samples.entry(key.namespace(), key.name()))
                        .toArray(ArtifactInventoryEntry[]::new));
    }

    private OrphanRemover remover(FakeReviews reviews, AccessRules rules) {
        return new OrphanRemover(
                cluster,
                cluster,
                ExternalArtifactStores.to(api, new RecentWrites<>()),
                fixture.storage(),
                reviews.access(rules),
                locks);
    }

    private Artifact storeForeign() throws IOException {
        return fixture.store()
                .store(FOREIGN, StorageFixture.tree("x: 1\n"), null)
                .artifact();
    }

    @Test
    void removesAnObjectThatMovedToAnotherNamespace() throws Exception {
        cluster.with(listing(FOREIGN)).with(Samples.externalArtifact("tenant-a", "x", "gen"));
        Artifact stored = storeForeign();
        api.answer(request -> {
            cluster.remove(FOREIGN);
            return 200;
        });

        assertThat(remover.removeAllBut(keys("x"), listing(FOREIGN)).leftovers())
                .isEmpty();

        assertThat(api.requests()).containsExactly("DELETE " + OBJECTS.replace("/apps/", "/tenant-a/") + "x");
        assertThat(fixture.file(stored).getParent()).doesNotExist();
    }

    /** What the inventory and the cluster say about an object in another namespace. */
    private record Lie(
            String name,
            List<ObjectKey> inventory,
            @Nullable String label,
            boolean isDeleted) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> lies() {
        List<ObjectKey> listed = List.of(FOREIGN);
        return Stream.of(
                new Lie("edited inventory, another generator's object", listed, "other", false),
                new Lie("edited inventory, object of no generator", listed, "", false),
                new Lie("edited inventory, files whose object is gone", listed, null, false),
                new Lie("copied label", List.of(), "gen", false),
                new Lie("its own object", listed, "gen", true));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void neitherInventoryNorLabelAloneRemovesAnythingElsewhere(Lie lie) throws Exception {
        ArtifactGenerator generator = listing(lie.inventory().toArray(ObjectKey[]::new));
        cluster.with(generator);
        if (lie.label() != null) {
            cluster.with(Samples.externalArtifact("tenant-a", "x", lie.label()));
        }
        Artifact stored = storeForeign();
        api.answer(request -> {
            cluster.remove(FOREIGN);
            return 200;
        });

        assertThat(remover.removeAllBut(Set.of(), generator).leftovers()).isEmpty();

        assertThat(api.requests()).hasSize(lie.isDeleted() ? 1 : 0);
        assertThat(fixture.file(stored).toFile().exists()).isEqualTo(!lie.isDeleted());
    }

    @Test
    void keepsWhatTheAccountMayNotDelete() throws Exception {
        ArtifactGenerator generator = listing(FOREIGN);
        cluster.with(generator).with(Samples.externalArtifact("tenant-a", "x", "gen"));
        Artifact stored = storeForeign();
        FakeReviews reviews = new FakeReviews().deny("tenant-a", "delete externalartifacts");

        assertThat(remover(reviews, new AccessRules("fallback", false, ""))
                        .removeAllBut(Set.of(), generator)
                        .leftovers())
                .singleElement()
                .satisfies(leftover -> {
                    assertThat(leftover.isDenied()).isTrue();
                    assertThat(leftover.message())
                            .startsWith("tenant-a/x removal failed: service account \"apps/fallback\" may not delete"
                                    + " externalartifacts.source.toolkit.fluxcd.io in namespace \"tenant-a\"");
                });
        assertThat(api.requests()).isEmpty();
        assertThat(fixture.file(stored)).exists();
    }

    @Test
    void aMissingPermissionIsNoFailureForObjectsThatAreGoneOrNotItsOwnOrBeingDeleted() throws Exception {
        FakeReviews reviews = new FakeReviews().deny("tenant-a", "delete externalartifacts");
        OrphanRemover denied = remover(reviews, new AccessRules("fallback", false, ""));
        ArtifactGenerator generator = listing(FOREIGN);
        cluster.with(generator);
        assertThat(denied.removeAllBut(Set.of(), generator).leftovers())
                .as("gone")
                .isEmpty();

        cluster.with(Samples.externalArtifact("tenant-a", "x", "other"));
        assertThat(denied.removeAllBut(Set.of(), generator).leftovers())
                .as("another's")
                .isEmpty();

        ExternalArtifact going = Samples.externalArtifact("tenant-a", "x", "gen");
        going.metadata().setDeletionTimestamp(OffsetDateTime.parse("2026-11-22T10:00:00Z"));
        cluster.with(going);
        assertThat(denied.removeAllBut(Set.of(), generator).leftovers())
                .as("being deleted")
                .isEmpty();
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aDeletedGeneratorAlsoRemovesWhatAnInterruptedRunLeftElsewhere() throws Exception {
        ArtifactGenerator generator = listing();
        cluster.with(generator).with(Samples.externalArtifact("tenant-a", "x", "gen"));
        api.answer(request -> {
            cluster.remove(FOREIGN);
            return 200;
        });

        assertThat(remover.removeAll(generator).leftovers()).isEmpty();
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void aCopyOfAnObjectDoesNotHoldUpTheDeletionOfAGenerator() throws Exception {
        ArtifactGenerator generator = listing();
        ExternalArtifact copy = Samples.externalArtifact("tenant-a", "x", "gen");
        cluster.with(generator).with(copy);
        FakeReviews reviews = new FakeReviews().deny("tenant-a", "delete externalartifacts");
        assertThat(remover(reviews, new AccessRules("fallback", false, ""))
                        .removeAll(generator)
                        .leftovers())
                .isEmpty();

        cluster.with(copy.withSpec(new ExternalArtifactSpec(null)));
        assertThat(remover.removeAll(generator).leftovers()).isEmpty();
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void asksForItsOwnNamespaceIfTheGeneratorNamesAnAccount() throws Exception {
        ArtifactGenerator plain = Samples.generator("gen", "b");
        ArtifactGenerator named = Samples.withInventory(
                plain.withSpec(new ArtifactGeneratorSpec(
                        plain.spec().sources(), plain.spec().artifacts(), null, null, "deployer", null, List.of())),
                Samples.entry("a"));
        cluster.with(named).with(Samples.externalArtifact("a", "gen"));
        FakeReviews reviews = new FakeReviews().deny("apps", "delete externalartifacts");

        assertThat(remover(reviews, AccessRules.NONE)
                        .removeAllBut(keys("b"), named)
                        .leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message()).startsWith("a removal failed: service account"));
        reviews.allowAll();
        assertThat(remover(reviews, AccessRules.NONE)
                        .removeAllBut(keys("b"), named)
                        .leftovers())
                .isEmpty();
        assertThat(reviews.asked()).containsOnly("system:serviceaccount:apps:deployer apps: delete externalartifacts");
    }

    private static Set<ObjectKey> keys(String... names) {
        return Arrays.stream(names).map(Samples::key).collect(Collectors.toSet());
    }

    private int deleting(String request) {
        if (request.startsWith("DELETE ")) {
            cluster.remove(Samples.key(request.substring(request.lastIndexOf('/') + 1)));
        }
        return 200;
    }

    /** Whether another thread gets the lock of the name during the deletion of its object. */
    private boolean claims(ExecutorService other) {
        Future<?> claim = other.submit(() -> {
            locks.hold(Samples.key("a")).release();
            return null;
        });
        try {
            claim.get(200, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException held) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            claim.cancel(true);
        }
    }

    private Artifact store(String name) throws IOException {
        return fixture.store()
                .store(Samples.key(name), StorageFixture.tree("x: 1\n"), null)
                .artifact();
    }
}
