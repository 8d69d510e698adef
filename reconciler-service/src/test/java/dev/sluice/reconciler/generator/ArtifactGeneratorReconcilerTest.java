package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunOutcome;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.access.FakeReviews;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.cluster.SourceReader;
import dev.sluice.reconciler.history.NextRun;
import dev.sluice.reconciler.history.PastRun;
import dev.sluice.reconciler.history.RunEnd;
import dev.sluice.reconciler.history.RunHistory;
import dev.sluice.reconciler.namespaces.ManagedNamespaceStep;
import dev.sluice.reconciler.publish.DriftDetector;
import dev.sluice.reconciler.publish.ExternalArtifactStore;
import dev.sluice.reconciler.publish.ExternalArtifactStores;
import dev.sluice.reconciler.publish.ServedCheck;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.reconciler.source.SourceCache;
import dev.sluice.reconciler.spec.ArtifactPlanner;
import dev.sluice.reconciler.spec.GeneratorGraph;
import dev.sluice.reconciler.spec.SpecValidator;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArtifactGeneratorReconcilerTest {

    private static final Duration DEPENDENCY = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ArtifactGenerator generator = Samples.generator("gen", "out");
    private final FakeCluster cluster = new FakeCluster();
    private final FakeApi api = new FakeApi();
    private final Writes writes = new Writes();
    private final Sources sources = new Sources();
    private final RecentWrites<ArtifactGenerator> recentWrites = new RecentWrites<>();
    private final RunHistory history = new RunHistory(Clock.systemUTC());

    @TempDir
    Path temporary;

    private SourceCache cache;
    private ArtifactGeneratorReconciler reconciler;

    @BeforeEach
    void create() throws IOException {
        StorageFixture fixture = StorageFixture.in(temporary);
        ProcessBudget budget = new ProcessBudget(BudgetLimits.defaults());
        cache = SourceCaches.empty(temporary.resolve("sources"), budget);
        ExternalArtifactStore store = ExternalArtifactStores.to(api, new RecentWrites<>());
        KeyLocks locks = new KeyLocks();
        OrphanRemover orphans =
                new OrphanRemover(cluster, cluster, store, fixture.storage(), FakeReviews.unchecked(), locks);
        ReconcileSteps steps = new ReconcileSteps(
                new GeneratorFinalizer(writes, orphans, ManagedNamespaceStep.NONE, recentWrites),
                new SpecValidator(true, new GeneratorGraph(cluster, cluster)),
                new SourceObserver(sources, DEPENDENCY),
                DriftDetector.over(
                        fixture.storage(), fixture.verified(), cluster, store, generator -> Optional.empty()),
                new SourceTreesFetcher(cache, budget, temporary, DEPENDENCY, Stages.unobserved()),
                new ArtifactPlanner(),
                ManagedNamespaceStep.NONE,
                new ArtifactPublisher(
                        fixture.store(),
                        new Ownership(cluster),
                        cluster,
                        store,
                        ServedCheck.NONE,
                        FakeReviews.unchecked(),
                        locks),
                orphans);
        StatusReporter reporter = new StatusReporter(
                new StatusPlanner(Clock.systemUTC()),
                writes,
                recentWrites,
                new OutcomeEvents(new SilentEvents()),
                new Requeue(interval -> interval),
                new ProgressNotices(Duration.ofHours(1)));
        reconciler = new ArtifactGeneratorReconciler(
                cluster, recentWrites, reporter, steps, history, Duration.ofMinutes(10));
    }

    @AfterEach
    void close() throws IOException {
        cache.close();
    }

    @Test
    void forgetsADeletedObject() throws Exception {
        recentWrites.record(generator);

        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(recentWrites.find(generator.key())).isEmpty();
    }

    @Test
    void addsTheFinalizerBeforeItBuilds() throws Exception {
        cluster.with(generator);

        assertThat(reconcile()).isEqualTo(Result.requeueAfter(Duration.ZERO));
        assertThat(writes.finalizers).containsExactly("add " + GeneratorFinalizer.FINALIZER);
        assertThat(ready().getStatus()).isEqualTo("Unknown");
        assertThat(sources.reads).isZero();
    }

    @Test
    void readsNoSourceOfASuspendedObject() throws Exception {
        cluster.with(
                finalized(Samples.annotated(generator, Map.of("source.extensions.fluxcd.io/reconcile", "disabled"))));

        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(sources.reads).isZero();
    }

    @Test
    void stallsAnObjectWithAnInvalidSpec() throws Exception {
        cluster.with(finalized(Samples.generator("gen", "twice", "twice")));

        assertThat(reconcile()).isInstanceOf(Result.Terminal.class);
        assertThat(ready().getReason()).isEqualTo("ValidationFailed");
        assertThat(find(ConditionTypes.STALLED)).isPresent();
        assertThat(sources.reads).isZero();
        assertThat(lastRun().result()).isEqualTo(RunEnd.STALLED);
        assertThat(lastRun().next()).isEqualTo(NextRun.never());
    }

    @Test
    void waitsForASourceThatDoesNotExist() throws Exception {
        cluster.with(finalized(generator));

        assertThat(reconcile()).isEqualTo(Result.requeueAfter(DEPENDENCY));
        assertThat(ready().getReason()).isEqualTo("SourceFetchFailed");
        assertThat(ready().getMessage()).contains("source 'GitRepository/apps/app' not found");
        assertThat(lastRun().result()).isEqualTo(RunEnd.FAILED);
        assertThat(lastRun().message()).startsWith("SourceFetchFailed: ").contains("not found");
        assertThat(lastRun().next()).isEqualTo(NextRun.in(DEPENDENCY));
    }

    @Test
    void removesTheFinalizerOfADeletedObject() throws Exception {
        ArtifactGenerator deleted = finalized(generator);
        deleted.metadata().setDeletionTimestamp(OffsetDateTime.now(Clock.systemUTC()));
        cluster.with(deleted);

        assertThat(reconcile()).isEqualTo(Result.done());
        assertThat(writes.finalizers).containsExactly("remove " + GeneratorFinalizer.FINALIZER);
        assertThat(writes.statuses).isEmpty();
    }

    @Test
    void retriesAfterAConflictWithoutReportingIt() throws Exception {
        cluster.with(generator);
        writes.refusal = new ApiRequestException("patch", 409, "the object has been modified");

        assertThat(reconcile()).isEqualTo(Result.retry());
        assertThat(writes.statuses).isEmpty();
    }

    @Test
    void reportsADefectAndRethrowsIt() {
        cluster.with(finalized(generator));
        sources.reading = () -> {
            throw new IllegalStateException("bug");
        };

        assertThatIllegalStateException().isThrownBy(this::reconcile).withMessage("bug");
        assertThat(lastRun().result()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(ready().getMessage()).isEqualTo("internal error; see the controller log");
    }

    @Test
    void writesNothingWhenItIsInterruptedByAStop() {
        cluster.with(finalized(generator));
        sources.reading = () -> {
            throw new InterruptedIOException("interrupted");
        };
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::reconcile);
        assertThat(writes.statuses).isEmpty();
    }

    @Test
    void reportsTheLimitAndItsFlagWhenARunTimesOut() throws Exception {
        cluster.with(finalized(generator));
        sources.reading = Sources::hang;
        List<RunOutcome> outcomes = new CopyOnWriteArrayList<>();
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("test").withWorkers(1).withTimeout(Duration.ofMillis(100)),
                reconciler,
                () -> true,
                new ControllerListener() {
                    @Override
                    public void finished(RunOutcome outcome, Duration took) {
                        outcomes.add(outcome);
                    }
                });
        controller.start();
        controller.enqueue(generator.key());

        await().atMost(LIMIT).until(() -> !outcomes.isEmpty());
        controller.stop(LIMIT);
        assertThat(outcomes.get(0)).isEqualTo(RunOutcome.TIMEOUT);
        assertThat(ready().getMessage()).contains("timed out after 10m0s").contains("--reconciliation-timeout");
    }

    private Result reconcile() throws Exception {
        return reconciler.reconcile(generator.key());
    }

    private V1Condition ready() {
        return find(ConditionTypes.READY).orElseThrow();
    }

    private Optional<V1Condition> find(String type) {
        return Conditions.find(writes.statuses.get(writes.statuses.size() - 1).conditions(), type);
    }

    private static ArtifactGenerator finalized(ArtifactGenerator generator) {
        generator.metadata().setFinalizers(List.of(GeneratorFinalizer.FINALIZER));
        return generator;
    }

    private PastRun lastRun() {
        return history.of(generator.key()).get(0);
    }

    /** Contains no source unless a test defines the result of a read. */
    private static final class Sources implements SourceReader {

        private Reading reading = Optional::empty;
        private int reads;

        private interface Reading {
            Optional<Artifact> read() throws IOException;
        }

        @Override
        public Optional<State> read(SourceKey key) throws IOException {
            reads++;
            return reading.read().map(artifact -> new State(Optional.of(artifact)));
        }

        static Optional<Artifact> hang() throws IOException {
            try {
                new CountDownLatch(1).await();
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    /** An API server that accepts or rejects all writes. */
    private static final class Writes implements GeneratorWrites {

        private final List<ArtifactGeneratorStatus> statuses = Collections.synchronizedList(new ArrayList<>());
        private final List<String> finalizers = new ArrayList<>();
        private @Nullable ApiRequestException refusal;

        @Override
        public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) throws IOException {
            if (refusal != null) {
                throw refusal;
            }
            finalizers.add("add " + finalizer);
            return generator;
        }

        @Override
        public void removeFinalizer(ArtifactGenerator generator, String finalizer) {
            finalizers.add("remove " + finalizer);
        }

        @Override
        public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status) {
            statuses.add(status);
            return Optional.of(generator.withStatus(status));
        }
    }
}
