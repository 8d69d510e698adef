package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.controller.queue.Result;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.cluster.RecentWrites;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusReporterTest {

    private static final Outcome READY = new Outcome.Ready(List.of(), "sha256:sources", Changes.NONE);

    private final EditedMeanwhile api = new EditedMeanwhile();
    private final RecentWrites<ArtifactGenerator> recentWrites = new RecentWrites<>();
    private final StatusReporter reporter = new StatusReporter(
            new StatusPlanner(Clock.systemUTC()),
            api,
            recentWrites,
            new OutcomeEvents(new Silent()),
            new Requeue(interval -> interval));

    @Test
    void aSpecThatIsEditedDuringARunIsNotReportedAsBuilt() throws IOException {
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
    void aRequestThatComesDuringARunIsNotReportedAsHandled() throws IOException {
        ArtifactGenerator built = Samples.generator("gen", "out");
        reporter.markProgressing(built, DriftReason.GENERATION_CHANGED);

        reporter.report(built, READY);

        assertThat(api.written.get(1).lastHandledReconcileAt()).isNull();
    }

    @Test
    void aRunThatWaitsWritesNothingAndComesAgain() throws IOException {
        ArtifactGenerator generator = Samples.generator("gen", "out");
        reporter.markProgressing(generator, DriftReason.GENERATION_CHANGED);
        ArtifactGenerator waiting = generator.withStatus(api.written.get(0));

        Result result = reporter.report(waiting, new Outcome.Waiting("no room", Duration.ofSeconds(3)));
        reporter.markProgressing(waiting, DriftReason.GENERATION_CHANGED);

        assertThat(result).isEqualTo(Result.requeueAfter(Duration.ofSeconds(3)));
        assertThat(api.written).hasSize(1);
        assertThat(Conditions.find(waiting.conditions(), ConditionTypes.RECONCILING))
                .isPresent();
    }

    /** The API server's answer to a status write shows an edit that has come in between. */
    private static final class EditedMeanwhile implements GeneratorWrites {

        private final List<ArtifactGeneratorStatus> written = new ArrayList<>();

        @Override
        public Optional<ArtifactGenerator> patchStatus(ArtifactGenerator generator, ArtifactGeneratorStatus status) {
            written.add(status);
            V1ObjectMeta edited = new V1ObjectMeta()
                    .namespace(generator.key().namespace())
                    .name(generator.key().name())
                    .uid(generator.metadata().getUid())
                    .generation(4L)
                    .resourceVersion("8")
                    .annotations(Map.of("reconcile.fluxcd.io/requestedAt", "later"));
            return Optional.of(generator.withMetadata(edited).withStatus(status));
        }

        @Override
        public ArtifactGenerator addFinalizer(ArtifactGenerator generator, String finalizer) {
            throw new UnsupportedOperationException("not asked for in these tests");
        }

        @Override
        public void removeFinalizer(ArtifactGenerator generator, String finalizer) {
            throw new UnsupportedOperationException("not asked for in these tests");
        }
    }

    private static final class Silent implements GeneratorEvents {

        @Override
        public void warning(ArtifactGenerator generator, String reason, String message) {}

        @Override
        public void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> metadata) {}

        @Override
        public void trace(ArtifactGenerator generator, String reason, String message) {}
    }
}
