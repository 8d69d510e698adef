package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.access.FakeReviews;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.NamespaceRun;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.publish.ExternalArtifactStores;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.source.SourceCacheLimits;
import dev.sluice.reconciler.source.SourceFetching;
import dev.sluice.reconciler.source.SourceLease;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two shards on one volume: one removes its generator's artifact of a name, the other publishes under the name. Tests
 * all interleavings: the published object always has its file.
 */
class ShardRaceTest {

    /** Where the name is, and what both generators say of it. */
    private record Place(ObjectKey key, ArtifactGenerator former, ArtifactGenerator next) {

        static Place of(boolean isOwnNamespace) {
            ObjectKey key = isOwnNamespace ? Samples.key("a") : new ObjectKey("tenant-a", "a");
            return new Place(
                    key,
                    Samples.withInventory(Samples.generator("former"), Samples.entry(key.namespace(), key.name())),
                    isOwnNamespace
                            ? Samples.generator("next", "a")
                            : Samples.crossing("next", key.namespace(), key.name()));
        }

        ExternalArtifact objectOf(String generator) {
            String version = generator.equals("former") ? "11" : "12";
            return Samples.atVersion(Samples.externalArtifact(key.namespace(), key.name(), generator), version);
        }
    }

    /** The condition of a creation. */
    private static final String NO_VERSION = "1";

    @TempDir
    Path temporary;

    private final FakeCluster cluster = new FakeCluster();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private StorageFixture fixture;

    @SuppressWarnings("NullAway.Init") // set by each test
    private Place place;

    @BeforeEach
    void start() throws IOException {
        fixture = StorageFixture.in(temporary);
    }

    private void publishFormer(Place place) throws IOException {
        this.place = place;
        cluster.with(place.former(), place.next()).with(place.objectOf("former"));
        fixture.store().store(place.key(), StorageFixture.tree("x: 1\n"), null);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** The step at which one shard is paused while the other works. */
    private record Case(int step, boolean isOwnNamespace, boolean objectIsGone) {

        /** Each place is tried with one of both contents, because the content is the same to all steps. */
        boolean sameContent() {
            return isOwnNamespace;
        }
    }

    static Stream<Case> cases() {
        return IntStream.rangeClosed(1, 6)
                .boxed()
                .flatMap(step -> Stream.of(true, false)
                        .flatMap(own -> Stream.of(new Case(step, own, true), new Case(step, own, false))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPublicationDuringARemovalKeepsItsFile(Case given) throws Exception {
        publishFormer(Place.of(given.isOwnNamespace()));
        if (given.objectIsGone()) {
            cluster.remove(place.key());
        }
        Pausing pausing = new Pausing(given.step());
        Future<Removal> removal = threads.submit(() -> remover(pausing).removeAllBut(Set.of(), place.former()));
        pausing.reached(removal);
        Future<List<ArtifactResult>> publication = threads.submit(() -> publish(given.sameContent(), () -> {}));
        if (!isOver(publication)) {
            pausing.resume(); // it waits for the directory, which the removal has locked
        }
        List<ArtifactResult> first = resultsOf(publication);
        pausing.resume();
        removal.get(30, TimeUnit.SECONDS);

        // a generator that found the name taken, or its object changed, retries, as in a cluster
        assertPublished(
                !first.isEmpty() && first.get(0) instanceof ArtifactResult.Published
                        ? first
                        : publish(given.sameContent(), () -> {}));
    }

    /** Empty after a conflict. */
    private static List<ArtifactResult> resultsOf(Future<List<ArtifactResult>> publication) throws Exception {
        try {
            return publication.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(ApiRequestException.class);
            return List.of();
        }
    }

    /** A publication has two visible steps: its file and its object. */
    @ParameterizedTest
    @CsvSource({"true,true,true", "true,false,false", "false,true,false", "false,false,true"})
    void aRemovalDuringAPublicationKeepsItsFile(boolean beforeTheObject, boolean sameContent, boolean isOwnNamespace)
            throws Exception {
        publishFormer(Place.of(isOwnNamespace));
        cluster.remove(place.key());
        List<ArtifactResult> results = publish(sameContent, () -> {
            if (beforeTheObject) {
                remove();
            }
        });
        if (!beforeTheObject) {
            remove();
        }
        assertPublished(results);
    }

    private void assertPublished(List<ArtifactResult> results) throws IOException {
        assertThat(results).singleElement().isInstanceOf(ArtifactResult.Published.class);
        ArtifactResult.Published published = (ArtifactResult.Published) results.get(0);
        ArtifactStorage storage = fixture.storage();
        Artifact artifact = Artifact.of(
                        ArtifactStorage.artifactPath(
                                "ExternalArtifact",
                                place.key().namespace(),
                                place.key().name(),
                                Objects.requireNonNull(published.entry().filename())),
                        "",
                        "")
                .withDigest(published.entry().digest());
        storage.verify(artifact);
        assertThat(cluster.cached(place.key())).get().matches(object -> Ownership.hasLabelOf(place.next(), object));
        try (Stream<Path> names =
                Files.list(storage.localPath(artifact).resolve("../..").normalize())) {
            assertThat(names).as("no other directories").hasSize(1);
        }
    }

    private static boolean isOver(Future<?> work) throws Exception {
        try {
            work.get(300, TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException waiting) {
            return false;
        }
    }

    private void remove() {
        try {
            assertThat(remover(new Pausing(Integer.MAX_VALUE))
                            .removeAllBut(Set.of(), place.former())
                            .leftovers())
                    .isEmpty();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The shard that has the name. */
    private OrphanRemover remover(Pausing pausing) {
        FakeApi api = new FakeApi();
        api.answerWith(place.objectOf("former"));
        api.answer(request -> {
            if (!request.startsWith("DELETE ")) {
                return 200;
            }
            return ifUnchanged(api, "preconditions", () -> cluster.remove(place.key()));
        });
        return new OrphanRemover(
                cluster,
                pausing,
                ExternalArtifactStores.to(api, new RecentWrites<>()),
                fixture.storage(),
                FakeReviews.unchecked(),
                new KeyLocks());
    }

    /** The shard that takes the name, with its own locks as in its own process. */
    private List<ArtifactResult> publish(boolean sameContent, Runnable beforeTheObject)
            throws IOException, InterruptedException {
        FakeApi api = new FakeApi();
        ExternalArtifact object = place.objectOf("next");
        api.answerWith(object);
        api.answer(request -> ifUnchanged(api, "metadata", () -> cluster.with(object)));
        ArtifactPublisher publisher = new ArtifactPublisher(
                fixture.store(),
                new Ownership(cluster),
                cluster,
                ExternalArtifactStores.to(api, new RecentWrites<>()),
                artifact -> beforeTheObject.run(),
                FakeReviews.unchecked(),
                new KeyLocks());
        PlannedArtifact planned =
                new PlannedArtifact(place.next().spec().artifacts().get(0), Map.of());
        SourceFetching unused = new SourceFetching(
                new ArtifactFetcher(FetchOptions.defaults()),
                RetryPolicy.FLUX,
                Duration.ZERO,
                Duration.ZERO,
                1,
                Stages.unobserved());
        Path cacheDirectory = Files.createTempDirectory(temporary, "sources");
        try (SourceCache cache = SourceCache.open(
                        cacheDirectory,
                        new SourceCacheLimits(1 << 20),
                        unused,
                        new ProcessBudget(BudgetLimits.defaults()),
                        Ticker.system());
                RunBudget budget = new ProcessBudget(BudgetLimits.defaults())
                        .open(place.next().key());
                SourceTrees sources = new SourceTrees(cache, Stages.unobserved(), budget, temporary)) {
            sources.add("app", new Lease(StorageFixture.tree(sameContent ? "x: 1\n" : "x: 2\n")));
            ArtifactGenerator next = place.next();
            return publisher.publish(
                    next, List.of(planned), sources, ObservedSources.of(Map.of()), NamespaceRun.unmanaged(next));
        }
    }

    /**
     * Answers like an API server: a write on condition of a resource version needs an object of that version, unless it
     * creates one.
     */
    private int ifUnchanged(FakeApi api, String field, Runnable write) {
        String body = api.bodies().get(api.bodies().size() - 1);
        JsonObject conditions = JsonParser.parseString(body).getAsJsonObject().getAsJsonObject(field);
        synchronized (cluster) {
            boolean isUnchanged = !conditions.has("resourceVersion")
                    || cluster.cached(place.key())
                            .map(object -> String.valueOf(object.metadata().getResourceVersion()))
                            .orElse(NO_VERSION)
                            .equals(conditions.get("resourceVersion").getAsString());
            if (isUnchanged) {
                write.run();
            }
            return isUnchanged ? 200 : 409;
        }
    }

    private record Lease(FileTree tree) implements SourceLease {

        @Override
        public void close() {}
    }

    /** The API server as the removal sees it; pauses before (odd steps) or after (even steps) one of its reads. */
    private final class Pausing implements ExternalArtifactReader {

        private final int step;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch resume = new CountDownLatch(1);
        private int passed;

        Pausing(int step) {
            this.step = step;
        }

        /** Waits for the step, or for the end of a removal that does not reach it. */
        void reached(Future<?> removal) throws InterruptedException {
            while (!reached.await(10, TimeUnit.MILLISECONDS) && !removal.isDone()) {
                // either of them happens
            }
        }

        void resume() {
            resume.countDown();
        }

        @Override
        public Optional<ExternalArtifact> live(ObjectKey key) throws IOException {
            pass();
            Optional<ExternalArtifact> seen = cluster.live(key);
            pass();
            return seen;
        }

        private void pass() throws IOException {
            if (++passed == step) {
                reached.countDown();
                try {
                    if (!resume.await(30, TimeUnit.SECONDS)) {
                        throw new IOException("not resumed in time");
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }

        @Override
        public Optional<ExternalArtifact> cached(ObjectKey key) {
            return cluster.cached(key);
        }

        @Override
        public boolean isSetAside(ObjectKey key) {
            return cluster.isSetAside(key);
        }

        @Override
        public List<ExternalArtifact> generatedBy(String generatorUid) throws IOException {
            return cluster.generatedBy(generatorUid);
        }
    }
}
