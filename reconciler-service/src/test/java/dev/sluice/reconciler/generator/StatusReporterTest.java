package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusReporterTest {

    private static final Outcome READY = new Outcome.Ready(List.of(), "sha256:sources", Changes.NONE);

    private final EditedMeanwhile api = new EditedMeanwhile();
    private final RecentWrites<ArtifactGenerator> recentWrites = new RecentWrites<>();
    private final StatusReporter reporter = new StatusReporter(
            new StatusPlanner(Clock.systemUTC()),
            api,
            recentWrites,
            new OutcomeEvents(new SilentEvents()),
            new Requeue(interval -> interval),
            new ProgressNotices(Duration.ofHours(1)));

    @Test
    void doesNotReportASpecThatWasEditedDuringTheRun() throws IOException {
        ArtifactGenerator built = Samples.generator("gen", "out");
        reporter.markProgressing(built, DriftReason.GENERATION_CHANGED);

        reporter.report(built, READY);

        ArtifactGeneratorStatus last = api.written.get(1);
        assertThat(Conditions.find(last.conditions(), ConditionTypes.READY)
                        .orElseThrow()
                        .getObservedGeneration())
                .isEqualTo(3L);
    }

    @Test
    void doesNotAcknowledgeARequestThatCameDuringTheRun() throws IOException {
        ArtifactGenerator built = Samples.generator("gen", "out");
        reporter.markProgressing(built, DriftReason.GENERATION_CHANGED);

        reporter.report(built, READY);

        assertThat(api.written.get(1).lastHandledReconcileAt()).isNull();
    }

    @Test
    void requeuesAWaitingRunWithoutAWrite() throws IOException {
        ArtifactGenerator generator = Samples.generator("gen", "out");
        reporter.markProgressing(generator, DriftReason.GENERATION_CHANGED);
        ArtifactGenerator waiting = generator.withStatus(api.written.get(0));

        Result result = reporter.report(waiting, new Outcome.Waiting("no budget", Duration.ofSeconds(3)));
        reporter.markProgressing(waiting, DriftReason.GENERATION_CHANGED);

        assertThat(result).isEqualTo(Result.requeueAfter(Duration.ofSeconds(3)));
        assertThat(api.written).hasSize(1);
        assertThat(Conditions.find(waiting.conditions(), ConditionTypes.RECONCILING))
                .isPresent();
    }

    @Test
    void reportsAWaitForBudgetOnce() throws IOException {
        ArtifactGenerator generator = Samples.generator("gen", "out");
        reporter.markProgressing(generator, DriftReason.GENERATION_CHANGED);
        ArtifactGenerator waiting = generator.withStatus(api.written.get(0));
        Outcome outcome = new Outcome.Waiting("7 bytes", "Reconciliation waits for budget", Duration.ofSeconds(1));

        reporter.report(waiting, outcome);
        assertThat(api.written).hasSize(2);
        ArtifactGenerator reported = generator.withStatus(api.written.get(1));
        reporter.markProgressing(reported, DriftReason.GENERATION_CHANGED);
        reporter.report(reported, outcome);

        assertThat(api.written).hasSize(2);
        assertThat(reported.conditions())
                .extracting(V1Condition::getType, V1Condition::getStatus, V1Condition::getMessage)
                .containsExactly(
                        tuple(ConditionTypes.RECONCILING, "True", "Reconciliation waits for budget"),
                        tuple(ConditionTypes.READY, "Unknown", "Reconciliation waits for budget"));
    }

    /** The status continues as if the progress had been written, for users who match on conditions. */
    @Test
    void writesNoProgressOfAShortRun() throws IOException {
        ArtifactGenerator generator = Samples.generator("gen", "out");
        reporter.markProgressing(generator, DriftReason.SOURCES_CHANGED);
        assertThat(api.written).isEmpty();

        reporter.report(generator, Outcome.Retry.of("BuildFailed", "no such file", null));

        assertThat(api.written).hasSize(1);
        assertThat(api.written.get(0).conditions())
                .extracting(V1Condition::getType, V1Condition::getStatus, V1Condition::getReason)
                .containsExactly(
                        tuple(ConditionTypes.RECONCILING, "True", "ProgressingWithRetry"),
                        tuple(ConditionTypes.READY, "False", "BuildFailed"));
    }

    @Test
    void writesTheProgressOfARunThatWaits() throws IOException {
        ArtifactGenerator generator = Samples.generator("gen", "out");
        reporter.markProgressing(generator, DriftReason.SOURCES_CHANGED);

        reporter.report(generator, new Outcome.Waiting("a source is being fetched", Duration.ofSeconds(3)));

        assertThat(api.written).hasSize(1);
        assertThat(StatusPlanner.isProgressing(generator.withStatus(api.written.get(0))))
                .isTrue();
    }

    @Test
    void writesTheProgressOfALongRunOnce() throws IOException {
        StatusReporter eager = reporter(api, new ProgressNotices(Duration.ofMillis(1)));
        ArtifactGenerator generator = Samples.generator("gen", "out");
        eager.markProgressing(generator, DriftReason.SOURCES_CHANGED);

        await().atMost(Duration.ofSeconds(30)).until(() -> !api.written.isEmpty());
        eager.report(generator, READY);

        assertThat(api.written).hasSize(2);
        assertThat(Conditions.isUnknown(api.written.get(0).conditions(), ConditionTypes.READY))
                .isTrue();
        assertThat(Conditions.isTrue(api.written.get(1).conditions(), ConditionTypes.READY))
                .isTrue();
    }

    @Test
    void writesNoProgressAfterARunThatReportedNothing() throws IOException {
        ProgressNotices notices = new ProgressNotices(Duration.ofMillis(50));
        StatusReporter abandoned = reporter(api, notices);
        ArtifactGenerator generator = Samples.generator("gen", "out");
        abandoned.markProgressing(generator, DriftReason.SOURCES_CHANGED);

        abandoned.abandon(generator.key());

        await().during(Duration.ofMillis(150)).atMost(Duration.ofSeconds(30)).until(() -> api.written.isEmpty());
    }

    @Test
    void writesTheProgressAtOnceWithoutADelay() throws IOException {
        reporter(api, new ProgressNotices(Duration.ZERO))
                .markProgressing(Samples.generator("gen", "out"), DriftReason.SOURCES_CHANGED);

        assertThat(api.written).hasSize(1);
    }

    static Stream<ApiRequestException> refusals() {
        return Stream.of(
                new ApiRequestException("patch", 413, "Request entity too large: limit is 3145728"),
                new ApiRequestException("patch", 500, "etcdserver: request is too large"),
                new ApiRequestException("patch", 500, "trying to send message larger than max (2097153 vs. 2097152)"),
                new ApiRequestException(
                        "patch", 422, "status.conditions[7].reason: Invalid value: " + "x".repeat(9_999)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void reportsARejectedStatusInASmallOneWithoutARetry(ApiRequestException refusal) throws IOException {
        Refusing refusing = new Refusing(refusal, 1);
        ArtifactGenerator generator = Samples.generator("gen", "out")
                .withStatus(new ArtifactGeneratorStatus(
                        List.of(new V1Condition().type("Strange").status("True")),
                        List.of(Samples.entry("a")),
                        "x".repeat(1_000),
                        null));
        List<ArtifactInventoryEntry> many =
                IntStream.range(0, 7_000).mapToObj(i -> Samples.entry("a" + i)).toList();

        Result result = reporter(refusing).report(generator, new Outcome.Ready(many, "sha256:s", Changes.NONE));

        assertThat(result).isInstanceOf(Result.Terminal.class);
        ArtifactGeneratorStatus stored = refusing.written.get(1);
        assertThat(stored.inventory()).containsExactly(Samples.entry("a"));
        assertThat(stored.observedSourcesDigest()).isNull();
        assertThat(stored.conditions()).extracting(V1Condition::getType).containsExactly("Stalled", "Ready");
        assertThat(stored.conditions().get(0).getMessage())
                .startsWith("cannot store the status: 7000 artifact(s) in the inventory: ")
                .hasSizeLessThan(1_000);
    }

    @Test
    void stopsIfTheApiServerRejectsAnyStatus() throws IOException {
        Refusing refusing = new Refusing(new ApiRequestException("patch", 413, "too large"), 2);

        Result result = reporter(refusing).report(Samples.generator("gen", "out"), READY);

        assertThat(result).isInstanceOf(Result.Terminal.class);
        assertThat(refusing.written).hasSize(2);
    }

    @Test
    void retriesATransientError() {
        Refusing refusing = new Refusing(new ApiRequestException("patch", 500, "etcdserver: leader changed"), 1);

        assertThatIOException().isThrownBy(() -> reporter(refusing).report(Samples.generator("gen", "out"), READY));
    }

    private static StatusReporter reporter(GeneratorWrites writes) {
        return reporter(writes, new ProgressNotices(Duration.ofHours(1)));
    }

    private static StatusReporter reporter(GeneratorWrites writes, ProgressNotices notices) {
        return new StatusReporter(
                new StatusPlanner(Clock.systemUTC()),
                writes,
                new RecentWrites<>(),
                new OutcomeEvents(new SilentEvents()),
                new Requeue(interval -> interval),
                notices);
    }

    /** An API server that rejects the first few statuses. */
    private static final class Refusing implements GeneratorWrites {

        private final List<ArtifactGeneratorStatus> written = new ArrayList<>();
        private final ApiRequestException refusal;
        private final int times;

        Refusing(ApiRequestException refusal, int times) {
            this.refusal = refusal;
            this.times = times;
        }

        @Override
        public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status)
                throws IOException {
            written.add(status);
            if (written.size() <= times) {
                throw refusal;
            }
            return Optional.of(generator.withStatus(status));
        }

        @Override
        public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) {
            throw new UnsupportedOperationException("not used in these tests");
        }

        @Override
        public void removeFinalizer(ArtifactGenerator generator, String finalizer) {
            throw new UnsupportedOperationException("not used in these tests");
        }
    }

    /** An API server whose response to a status write contains a concurrent edit. */
    private static final class EditedMeanwhile implements GeneratorWrites {

        private final List<ArtifactGeneratorStatus> written = new CopyOnWriteArrayList<>();

        @Override
        public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status) {
            written.add(status);
            V1ObjectMeta edited = new V1ObjectMeta()
                    .namespace(generator.key().namespace())
                    .name(generator.key().name())
                    .uid(generator.metadata().getUid())
                    .generation(4L)
                    .resourceVersion(String.valueOf(7 + written.size()))
                    .annotations(Map.of("reconcile.fluxcd.io/requestedAt", "later"));
            return Optional.of(generator.withMetadata(edited).withStatus(status));
        }

        @Override
        public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) {
            throw new UnsupportedOperationException("not used in these tests");
        }

        @Override
        public void removeFinalizer(ArtifactGenerator generator, String finalizer) {
            throw new UnsupportedOperationException("not used in these tests");
        }
    }
}
