package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import io.kubernetes.client.openapi.models.V1Condition;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the state of a generator for every status that the API can show. */
class GeneratorItemsTest {

    private static final Map<String, String> DISABLED = Map.of("source.extensions.fluxcd.io/reconcile", "disabled");

    record Case(String name, ArtifactGenerator generator, State state, String message, String advice) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> states() {
        ArtifactGenerator plain = Samples.generator("gen", "out");
        return Stream.of(
                new Case("new", plain, State.PENDING, "no run has ended yet", ""),
                new Case(
                        "ready",
                        with(plain, ready("True", "Succeeded", "generated 1 artifact(s)", 3)),
                        State.READY,
                        "",
                        ""),
                new Case(
                        "spec changed since",
                        with(plain, ready("True", "Succeeded", "generated 1 artifact(s)", 2)),
                        State.PENDING,
                        "the spec has changed; the last run was of generation 2 of 3",
                        ""),
                new Case(
                        "in progress",
                        with(plain, ready("Unknown", "Progressing", "Reconciliation in progress", 3)),
                        State.WAITING,
                        "a run is in progress",
                        ""),
                new Case(
                        "waiting for budget",
                        with(plain, ready("Unknown", "Progressing", "waiting for 3 MB of heap", 3)),
                        State.WAITING,
                        "waiting for 3 MB of heap",
                        ""),
                new Case(
                        "source gone",
                        with(plain, ready("False", "SourceFetchFailed", "source 'app' not found", 3)),
                        State.FAILING,
                        "SourceFetchFailed: source 'app' not found",
                        "Create the source"),
                new Case(
                        "waiting for a source",
                        with(plain, ready("False", "SourceFetchFailed", "source 'app' is not ready", 3)),
                        State.FAILING,
                        "SourceFetchFailed: source 'app' is not ready",
                        "The generator waits until the source has an artifact"),
                new Case(
                        "source unreachable",
                        with(plain, ready("False", "SourceFetchFailed", "HTTP 503", 3)),
                        State.FAILING,
                        "SourceFetchFailed: HTTP 503",
                        "Check that the source exists"),
                new Case(
                        "two owners",
                        with(
                                plain,
                                ready("False", "ReconciliationFailed", "it belongs to another ArtifactGenerator", 3)),
                        State.FAILING,
                        "ReconciliationFailed: it belongs to another ArtifactGenerator",
                        "rename one"),
                new Case(
                        "stalled",
                        with(
                                plain,
                                condition("Stalled", "True", "BuildFailed", "no such path", 3),
                                ready("False", "BuildFailed", "no such path", 3)),
                        State.STALLED,
                        "BuildFailed: no such path",
                        "The controller retries only after"),
                new Case(
                        "denied",
                        with(
                                plain,
                                condition("Stalled", "True", "AccessDenied", "may not create", 3),
                                ready("False", "AccessDenied", "may not create", 3)),
                        State.STALLED,
                        "AccessDenied: may not create",
                        "Grant the service account"),
                new Case(
                        "suspended",
                        with(Samples.annotated(plain, DISABLED), ready("True", "Succeeded", "", 3)),
                        State.SUSPENDED,
                        "suspended by the annotation source.extensions.fluxcd.io/reconcile=disabled",
                        ""),
                new Case(
                        "suspended after a failure",
                        with(Samples.annotated(plain, DISABLED), ready("False", "BuildFailed", "no such path", 3)),
                        State.SUSPENDED,
                        "; before that: no such path",
                        ""),
                new Case(
                        "deleting",
                        deleting("gen", ready("True", "Succeeded", "", 3)),
                        State.DELETING,
                        "its artifacts are being removed",
                        ""),
                new Case(
                        "deletion fails",
                        deleting("gen", ready("False", "PruneFailed", "may not delete", 3)),
                        State.DELETING,
                        "may not delete",
                        "Correct what the message names"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void tellsTheState(Case given) {
        Item item = GeneratorItems.of(given.generator);

        assertThat(item.state()).isEqualTo(given.state);
        assertThat(item.message()).contains(given.message);
        assertThat(item.message().isEmpty()).isEqualTo(given.message.isEmpty());
        assertThat(item.advice()).contains(given.advice);
        assertThat(item.advice().isEmpty()).isEqualTo(given.advice.isEmpty());
    }

    static ArtifactGenerator deleting(String name, V1Condition ready) {
        ArtifactGenerator generator = Samples.generator(name, "out");
        generator.metadata().setDeletionTimestamp(OffsetDateTime.parse("2026-11-01T00:00:00Z"));
        return with(generator, ready);
    }

    static ArtifactGenerator with(ArtifactGenerator generator, V1Condition... conditions) {
        return generator.withStatus(new ArtifactGeneratorStatus(List.of(conditions), List.of(), null, null));
    }

    static V1Condition ready(String status, String reason, String message, long generation) {
        return condition("Ready", status, reason, message, generation);
    }

    private static V1Condition condition(String type, String status, String reason, String message, long generation) {
        return new V1Condition()
                .type(type)
                .status(status)
                .reason(reason)
                .message(message)
                .observedGeneration(generation)
                .lastTransitionTime(OffsetDateTime.parse("2026-11-01T00:00:00Z"));
    }
}
