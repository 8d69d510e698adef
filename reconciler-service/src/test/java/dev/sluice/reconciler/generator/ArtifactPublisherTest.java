package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.access.FakeReviews;
import dev.sluice.reconciler.access.TargetAccess;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.NamespaceRun;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.publish.ExternalArtifactStores;
import dev.sluice.reconciler.publish.ServedCheck;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceLease;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactPublisherTest {

    private final ArtifactGenerator generator = Samples.generator("gen", "a", "b");
    private final List<PlannedArtifact> plan = Stream.of("a", "b")
            .map(name -> new PlannedArtifact(Samples.output(name), Map.of()))
            .toList();
    private final FakeApi api = new FakeApi();

    @TempDir
    Path temporary;

    private final FakeCluster cluster = new FakeCluster().with(generator);
    private StorageFixture fixture;

    @BeforeEach
    void create() throws IOException {
        fixture = StorageFixture.in(temporary);
    }

    private ArtifactPublisher publisher(TargetAccess access) {
        return new ArtifactPublisher(
                fixture.store(),
                new Ownership(cluster),
                cluster,
                ExternalArtifactStores.to(api, new RecentWrites<>()),
                ServedCheck.NONE,
                access,
                new KeyLocks());
    }

    @Test
    void aConflictIsNoFailureAndDoesNotStopOtherArtifacts() {
        api.answerWith(Samples.externalArtifact("b", "gen"));
        api.answer(request -> request.endsWith("externalartifacts/a") ? 409 : 200);

        assertThatExceptionOfType(ApiRequestException.class)
                .isThrownBy(this::publish)
                .satisfies(e -> assertThat(e.isConflict()).isTrue());
        assertThat(api.requests()).anyMatch(request -> request.endsWith("externalartifacts/b"));
    }

    @Test
    void otherErrorsFailTheirArtifact() throws Exception {
        api.answer(403);

        assertThat(publish()).hasSize(2).allMatch(ArtifactResult.Failed.class::isInstance);
    }

    @Test
    void aDeniedNamespaceFailsItsArtifactsBeforeAnythingIsWrittenThere() throws Exception {
        ArtifactGenerator crossing = Samples.generator(
                "gen",
                new ArtifactGeneratorSpec(
                        List.of(Samples.git("app")),
                        List.of(Samples.output("closed", "a"), Samples.output("open", "a")),
                        null,
                        null));
        FakeReviews reviews = new FakeReviews().deny("closed", "patch externalartifacts/status");
        api.answerWith(Samples.externalArtifact("open", "a", "gen"));

        List<ArtifactResult> results = publish(
                publisher(reviews.access(new AccessRules("fallback", false, ""))),
                crossing,
                PathPattern.unexpanded(crossing.spec().artifacts()));

        assertThat(results.get(0)).isInstanceOfSatisfying(ArtifactResult.Failed.class, denied -> {
            assertThat(denied.key()).isEqualTo(new ObjectKey("closed", "a"));
            assertThat(denied.reason()).isEqualTo("AccessDenied");
            assertThat(denied.isFinal()).isTrue();
        });
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        ArtifactResult.Published.class,
                        published -> assertThat(published.entry()).hasFieldOrPropertyWithValue("namespace", "open"));
        assertThat(api.requests()).isNotEmpty().allMatch(request -> request.contains("/namespaces/open/"));
        assertThat(temporary.resolve("storage/externalartifact/closed")).doesNotExist();
    }

    @Test
    void nothingIsWrittenIfTheApiServerDoesNotAnswerWhetherItMay() {
        ArtifactGenerator crossing = Samples.crossing("gen", "tenant-a", "a");
        FakeReviews reviews = new FakeReviews();
        reviews.breakDown();

        assertThatIOException()
                .isThrownBy(() -> publish(
                        publisher(reviews.access(new AccessRules("fallback", false, ""))),
                        crossing,
                        PathPattern.unexpanded(crossing.spec().artifacts())));
        assertThat(api.requests()).isEmpty();
    }

    /** Artifacts of one name in several namespaces have their own files. */
    @Test
    void sameNamesInSeveralNamespacesDoNotMix() throws Exception {
        OutputArtifact one = new OutputArtifact("a", "one", null, null, null, List.of(copyTo("@artifact/one/")));
        OutputArtifact two = new OutputArtifact("a", "two", null, null, null, List.of(copyTo("@artifact/two/")));
        ArtifactGenerator crossing = Samples.generator(
                "gen", new ArtifactGeneratorSpec(List.of(Samples.git("app")), List.of(one, two), null, null));
        api.answerWith(Samples.externalArtifact("one", "a", "gen"));

        List<ArtifactResult> both =
                publish(publisher(FakeReviews.unchecked()), crossing, PathPattern.unexpanded(List.of(one, two)));
        List<ArtifactResult> alone =
                publish(publisher(FakeReviews.unchecked()), crossing, PathPattern.unexpanded(List.of(two)));

        assertThat(fileOf(both.get(1))).isEqualTo(fileOf(alone.get(0))).isNotEqualTo(fileOf(both.get(0)));
        assertThat(temporary.resolve("storage/externalartifact/one/a").resolve(fileOf(both.get(0))))
                .exists();
        assertThat(temporary.resolve("storage/externalartifact/two/a").resolve(fileOf(both.get(1))))
                .exists();
    }

    /** The name of the file is the hash of its content. */
    private static String fileOf(ArtifactResult result) {
        return ((ArtifactResult.Published) result).entry().filenameOrEmpty();
    }

    private static CopyOperation copyTo(String to) {
        return new CopyOperation("@app/**", to, List.of(), null, null);
    }

    @Test
    void takesOverAnObjectOnlyInTheVersionThatItRead() throws Exception {
        ExternalArtifact taken = Samples.atVersion(Samples.externalArtifact("a", "former"), "41");
        cluster.with(Samples.generator("former")).with(taken);
        api.answerWith(Samples.externalArtifact("a", "gen"));

        assertThat(publish().get(0)).isInstanceOfSatisfying(ArtifactResult.Published.class, published -> {
            assertThat(published.takeover()).isEqualTo(new ArtifactResult.Takeover(taken, "apps/former"));
        });
        assertThat(api.bodies().get(0)).contains("\"resourceVersion\":\"41\"").contains("\"uid\":\"uid-of-a\"");
    }

    /** Two shards publish under a new name within milliseconds: the API server creates one object only. */
    @Test
    void neverTakesOverAnObjectThatAppearsWhileItIsCreated() throws Exception {
        ExternalArtifact others = Samples.externalArtifact("a", "other");
        cluster.with(Samples.generator("other", "a"));
        api.answerWith(Samples.externalArtifact("b", "gen"));
        api.answer(request -> {
            boolean isCreation = request.endsWith("externalartifacts/a");
            if (isCreation) {
                cluster.with(others);
            }
            return isCreation ? 409 : 200;
        });

        assertThat(publish().get(0))
                .isInstanceOfSatisfying(
                        ArtifactResult.Failed.class,
                        refused -> assertThat(refused.message()).contains("it belongs to another ArtifactGenerator"));

        assertThat(api.requests())
                .filteredOn(request -> request.endsWith("externalartifacts/a"))
                .hasSize(1);
        assertThat(api.bodies().get(0)).contains("\"resourceVersion\":\"1\"");
    }

    /** The write itself refuses to take over an object of another owner. */
    @Test
    void readsNothingBeforeItCreatesAnObject() throws Exception {
        api.answerWith(Samples.externalArtifact("a", "gen"));

        publish(publisher(FakeReviews.unchecked()), generator, plan.subList(0, 1));

        assertThat(cluster.liveReads()).isZero();
        assertThat(api.requests()).as("the object, then its status").hasSize(2);
    }

    @Test
    void readsAnObjectThatExistsButCannotBeRead() throws Exception {
        cluster.setAside(new ObjectKey("apps", "a"));
        api.answerWith(Samples.externalArtifact("a", "gen"));

        publish(publisher(FakeReviews.unchecked()), generator, plan.subList(0, 1));

        assertThat(cluster.liveReads()).isOne();
    }

    private List<ArtifactResult> publish() throws IOException, InterruptedException {
        return publish(publisher(FakeReviews.unchecked()), generator, plan);
    }

    private List<ArtifactResult> publish(
            ArtifactPublisher publisher, ArtifactGenerator by, List<PlannedArtifact> planned)
            throws IOException, InterruptedException {
        Path sourcesDirectory = Files.createTempDirectory(temporary, "sources");
        try (SourceCache cache = SourceCaches.empty(
                        sourcesDirectory.resolve("cache"), new ProcessBudget(BudgetLimits.defaults()));
                RunBudget budget = new ProcessBudget(BudgetLimits.defaults()).open(by.key());
                SourceTrees sources = new SourceTrees(cache, Stages.unobserved(), budget, temporary)) {
            sources.add("app", new Lease(StorageFixture.tree("x: 1")));
            return publisher.publish(by, planned, sources, ObservedSources.of(Map.of()), NamespaceRun.unmanaged(by));
        }
    }

    private record Lease(FileTree tree) implements SourceLease {

        @Override
        public void close() {}
    }
}
