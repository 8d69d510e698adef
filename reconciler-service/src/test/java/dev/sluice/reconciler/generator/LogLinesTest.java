package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunContext;
import dev.sluice.controller.queue.RunOutcome;
import dev.sluice.reconciler.access.FakeReviews;
import dev.sluice.reconciler.access.TargetAccess;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.NamespaceChange;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.reconciler.publish.DriftDetector;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.reconciler.publish.ExternalArtifactStores;
import dev.sluice.reconciler.publish.StorageFixture;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Compares every kind of info log line of a run, as JSON for the Flux CLI and as text, with {@code log-lines.txt}. */
@Timeout(120)
class LogLinesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ArtifactGenerator generator = Samples.generator("gen", "out");
    private final ArtifactGenerator finalized =
            Samples.withInventory(finalized(generator), Samples.entry("a"), Samples.entry("b"));
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final FakeCluster cluster = new FakeCluster();
    private final FakeApi api = new FakeApi();

    @TempDir
    Path temporary;

    private StorageFixture fixture;
    private GoldenLines lines;
    private final StatusReporter reporter = new StatusReporter(
            new StatusPlanner(Clock.systemUTC()),
            new NoWrites(),
            new RecentWrites<>(),
            new OutcomeEvents(new SilentEvents()),
            new Requeue(interval -> interval),
            new ProgressNotices(Duration.ofHours(1)));

    /** The work of a run. */
    private interface Work {
        Result run() throws Exception;
    }

    @BeforeEach
    void listen() throws IOException {
        fixture = StorageFixture.in(temporary);
        lines = new GoldenLines(getClass(), "dev.sluice", "INFO");
    }

    @AfterEach
    void compare() {
        lines.close();
    }

    @Test
    void logsEveryOutcome() throws Exception {
        runs("drift is detected", () -> {
            reporter.markProgressing(generator, DriftReason.GENERATION_CHANGED);
            return Result.done();
        });
        runs("everything is published", () -> report(new Outcome.Ready(List.of(), "sha256:s", Changes.NONE)));
        runs("no drift", () -> report(new Outcome.UpToDate(3, 0)));
        runs("suspended", () -> report(new Outcome.Suspended(false)));
        runs(
                "a wait for a source",
                () -> report(Outcome.Retry.of(
                        GeneratorReasons.SOURCE_FETCH_FAILED, "the host is down", Duration.ofSeconds(5))));
        runs("a failure", () -> report(Outcome.Retry.of(GeneratorReasons.BUILD_FAILED, "no such path", null)));
        runs("a terminal failure", () -> report(new Outcome.Stalled(GeneratorReasons.BUILD_FAILED, "bad pattern")));
        runs(
                "a denial",
                () -> report(new Outcome.Stalled(
                        GeneratorReasons.ACCESS_DENIED,
                        "may not create",
                        null,
                        Changes.NONE,
                        Outcome.Stalled.DENIED_RECHECK)));
        runs("objects are taken over", () -> {
            ExternalArtifact object = Samples.externalArtifact("tenant-a", "a", "other");
            return report(new Outcome.Ready(
                    List.of(),
                    "sha256:s",
                    new Changes(
                            List.of(),
                            List.of(new ArtifactResult.Takeover(object, "apps/other")),
                            List.of(),
                            NamespaceResults.NONE)));
        });
        runs("namespaces are adopted and taken over", () -> {
            NamespaceResults results = new NamespaceResults(
                    List.of(),
                    List.of(),
                    List.of(
                            changed(NamespaceChange.Kind.ADOPTED, "team-a"),
                            changed(NamespaceChange.Kind.TAKEN_OVER, "team-b"),
                            changed(NamespaceChange.Kind.CREATED, "team-c")),
                    List.of(),
                    List.of(),
                    Optional.empty());
            return report(
                    new Outcome.Ready(List.of(), "sha256:s", new Changes(List.of(), List.of(), List.of(), results)));
        });
        runs("publications in another namespace are not checked", () -> {
            TargetAccess access = FakeReviews.unchecked();
            access.denials(generator, List.of(new ObjectKey("tenant-a", "a")));
            access.denials(generator, List.of(new ObjectKey("tenant-b", "a")));
            return Result.done();
        });
        runs("a defect", () -> {
            throw new IllegalStateException("bug", new IOException("disk full"));
        });
        runs("many failures", () -> {
            List<String> failures =
                    IntStream.range(0, 11).mapToObj(i -> "artifact " + i).toList();
            return report(new Outcome.Retry(
                    GeneratorReasons.BUILD_FAILED, new Failures(failures), Duration.ofSeconds(5), null, Changes.NONE));
        });
    }

    @Test
    void logsRemovals() throws Exception {
        cluster.with(Samples.externalArtifact("a", "gen"), Samples.externalArtifact("b", "other"));
        Artifact old = store("x: 0\n");
        Artifact superseded = store("x: 1\n");
        Artifact current = store("x: 2\n");
        Files.setLastModifiedTime(fixture.file(old), FileTime.from(Instant.EPOCH));
        Files.setLastModifiedTime(fixture.file(superseded), FileTime.from(Instant.EPOCH.plusSeconds(1)));
        runs("old files are collected", () -> {
            fixture.store().collectGarbage(current, false);
            return Result.done();
        });
        fixture.store().store(Samples.key("b"), StorageFixture.tree("x: 1\n"), null);
        runs("orphaned objects are removed", () -> {
            orphans().removeAllBut(Set.of(), finalized);
            return Result.done();
        });
        runs("a generator is deleted", () -> reporter.report(finalized, new Outcome.Deleted()));
        runs(
                "a generator is deleted, but not all of its objects",
                () -> reporter.report(
                        finalized, new Outcome.Deleted(Changes.NONE, List.of("namespace \"a\" is not deleted"))));
    }

    @Test
    void logsADamagedFile() throws Exception {
        Artifact stored = store("x: 1\n");
        Files.writeString(fixture.file(stored), "damaged");
        ArtifactGenerator settled = settled(new ArtifactInventoryEntry(
                "a",
                Samples.NAMESPACE,
                Objects.requireNonNull(stored.digest()),
                stored.path().substring(stored.path().lastIndexOf('/') + 1)));
        runs("a file of the inventory is damaged", () -> {
            DriftDetector.over(
                            fixture.storage(),
                            fixture.verified(),
                            cluster,
                            ExternalArtifactStores.to(api, new RecentWrites<>()),
                            by -> Optional.empty())
                    .detect(settled, "sha256:s");
            return Result.done();
        });
    }

    @Test
    void logsStackTracesAtDebugOnly() throws Exception {
        try (GoldenLines debug = new GoldenLines(getClass(), "dev.sluice.controller", "DEBUG")) {
            loggers.getLogger("dev.sluice").setLevel(Level.DEBUG);
            run(() -> {
                throw new IllegalStateException("bug");
            });
            assertThat(debug.take()).contains("\"stacktrace\":\"java.lang.IllegalStateException: bug\\n\\tat ");
        }
    }

    private static NamespaceChange changed(NamespaceChange.Kind kind, String name) {
        return new NamespaceChange(kind, new V1ObjectMeta().name(name), "");
    }

    private static ArtifactGenerator finalized(ArtifactGenerator generator) {
        return generator.withMetadata(generator.metadata().finalizers(List.of(GeneratorFinalizer.FINALIZER)));
    }

    /** The state after a successful run. */
    private ArtifactGenerator settled(ArtifactInventoryEntry inventory) {
        V1Condition ready = new V1Condition().type("Ready").status("True").observedGeneration(3L);
        return generator.withStatus(new ArtifactGeneratorStatus(List.of(ready), List.of(inventory), "sha256:s", null));
    }

    private Artifact store(String content) throws IOException {
        return fixture.store()
                .store(Samples.key("a"), StorageFixture.tree(content), null)
                .artifact();
    }

    private OrphanRemover orphans() {
        api.answer(this::deleting);
        return new OrphanRemover(
                cluster,
                cluster,
                ExternalArtifactStores.to(api, new RecentWrites<>()),
                fixture.storage(),
                FakeReviews.unchecked(),
                new KeyLocks());
    }

    private int deleting(String request) {
        if (request.startsWith("DELETE ")) {
            cluster.remove(Samples.key(request.substring(request.lastIndexOf('/') + 1)));
        }
        return 200;
    }

    private Result report(Outcome outcome) throws IOException {
        return reporter.report(generator, outcome);
    }

    private void runs(String kind, Work work) {
        run(work);
        lines.section(kind);
    }

    private void run(Work work) {
        List<RunOutcome> outcomes = new CopyOnWriteArrayList<>();
        CountDownLatch once = new CountDownLatch(1);
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("artifactgenerator").withWorkers(1),
                new Once(work, once),
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
    }

    /** A reconciler that works in its first run and does nothing afterwards. */
    private record Once(Work work, CountDownLatch done) implements Reconciler<ObjectKey> {

        @Override
        public Result reconcile(ObjectKey key) throws Exception {
            if (done.getCount() == 0) {
                return Result.done();
            }
            done.countDown();
            return work.run();
        }

        @Override
        public Map<String, String> logFields(ObjectKey key) {
            return RunContext.fieldsOf(ArtifactGenerator.TYPE.kind(), key);
        }
    }

    private static final class NoWrites implements GeneratorWrites {

        @Override
        public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status) {
            return Optional.empty();
        }

        @Override
        public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) {
            return generator;
        }

        @Override
        public void removeFinalizer(ArtifactGenerator generator, String finalizer) {}
    }
}
