package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import io.kubernetes.client.openapi.models.V1Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusPlannerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.75Z");
    private static final OffsetDateTime NOW_IN_SECONDS = OffsetDateTime.parse("2026-11-22T10:00:00Z");
    private static final OffsetDateTime EARLIER = OffsetDateTime.parse("2026-11-22T09:00:00Z");
    private static final String SUCCEEDED = "Ready=True/Succeeded/reconciliation succeeded, generated 1 artifact(s)";
    private static final String PROGRESSING = "Ready=Unknown/Progressing/Reconciliation in progress";
    private static final String RECONCILING = "Reconciling=True/Progressing/Reconciliation in progress";
    private static final String RETRYING = "Reconciling=True/ProgressingWithRetry/Reconciliation in progress";
    private static final String STALLED = "Stalled=True/ValidationFailed/bad";
    private static final String INVALID = "Ready=False/ValidationFailed/bad";
    private static final String FAILED = "Ready=False/BuildFailed/broken";
    private static final String SUSPENDED =
            "Ready=True/ReconciliationDisabled/Initialized with reconciliation suspended";

    private static final Outcome READY = new Outcome.Ready(List.of(Samples.entry("a")), "sha256:new", Changes.NONE);
    private static final Outcome UP_TO_DATE = new Outcome.UpToDate(1, 0);
    private static final Outcome RETRY = Outcome.Retry.of("BuildFailed", "broken", null);
    private static final Outcome STALL = new Outcome.Stalled("ValidationFailed", "bad");

    private final StatusPlanner planner = new StatusPlanner(Clock.fixed(NOW, ZoneOffset.UTC));

    private record Case(String name, List<String> before, Outcome outcome, List<String> after) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("ready from nothing", List.of(), READY, List.of(SUCCEEDED)),
                new Case("ready ends reconciling", List.of(RECONCILING, PROGRESSING), READY, List.of(SUCCEEDED)),
                new Case("ready ends stalled", List.of(STALLED, INVALID), READY, List.of(SUCCEEDED)),
                new Case("up to date", List.of(SUCCEEDED), UP_TO_DATE, List.of(SUCCEEDED)),
                new Case("after a crash", List.of(RECONCILING, PROGRESSING), UP_TO_DATE, List.of(SUCCEEDED)),
                new Case("after a suspension", List.of(SUSPENDED), UP_TO_DATE, List.of(SUCCEEDED)),
                new Case("progressing", List.of(), new Outcome.Progressing(), List.of(RECONCILING, PROGRESSING)),
                new Case("failed with retry", List.of(RECONCILING, PROGRESSING), RETRY, List.of(RETRYING, FAILED)),
                new Case("failed before a build", List.of(SUCCEEDED), RETRY, List.of(FAILED)),
                new Case("failed, no longer stalled", List.of(STALLED, INVALID), RETRY, List.of(FAILED)),
                new Case("failed again", List.of(RETRYING, FAILED), RETRY, List.of(RETRYING, FAILED)),
                new Case("stalled", List.of(RECONCILING, PROGRESSING), STALL, List.of(STALLED, INVALID)),
                new Case("created suspended", List.of(), new Outcome.Suspended(true), List.of(SUSPENDED)),
                new Case("suspended later", List.of(FAILED), new Outcome.Suspended(false), List.of(FAILED)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void setsOrderedConditionsForTheOutcome(Case given) {
        ArtifactGeneratorStatus after = planner.after(withConditions(given.before(), 3), given.outcome());

        assertThat(after.conditions().stream().map(StatusPlannerTest::text).toList())
                .isEqualTo(given.after());
        assertThat(after.conditions())
                .allSatisfy(c -> assertThat(c.getObservedGeneration()).isEqualTo(3L));
        assertThat(after.conditions())
                .allSatisfy(condition -> assertThat(condition.getLastTransitionTime())
                        .isEqualTo(given.before().contains(text(condition)) ? EARLIER : NOW_IN_SECONDS));
    }

    @Test
    void progressReplacesStalled() {
        ArtifactGeneratorStatus status = planner.progressing(withConditions(List.of(STALLED, INVALID), 3));

        assertThat(status.conditions().stream().map(StatusPlannerTest::text)).containsExactly(RECONCILING, PROGRESSING);
    }

    @Test
    void returnsAnEqualStatusWithoutChanges() {
        ArtifactGenerator settled = withConditions(List.of(SUCCEEDED), 3);

        assertThat(planner.after(settled, UP_TO_DATE)).isEqualTo(settled.status());
        ArtifactGenerator failing = withConditions(List.of(RETRYING, FAILED), 3);
        assertThat(planner.after(failing, RETRY)).isEqualTo(failing.status());
    }

    @Test
    void keepsTheTransitionTimeIfOnlyTheGenerationChanges() {
        V1Condition ready = planner.after(withConditions(List.of(FAILED), 2), RETRY)
                .conditions()
                .get(0);

        assertThat(ready.getObservedGeneration()).isEqualTo(3L);
        assertThat(ready.getLastTransitionTime()).isEqualTo(EARLIER);
    }

    @Test
    void setsInventoryAndSourcesDigestOnSuccess() {
        ArtifactGeneratorStatus after = planner.after(withConditions(List.of(), 3), READY);

        assertThat(after.inventory()).containsExactly(Samples.entry("a"));
        assertThat(after.observedSourcesDigest()).isEqualTo("sha256:new");
    }

    @Test
    void keepsInventoryAndSourcesDigestOnFailure() {
        ArtifactGeneratorStatus after = planner.after(withConditions(List.of(SUCCEEDED), 3), RETRY);

        assertThat(after.inventory()).containsExactly(Samples.entry("old"));
        assertThat(after.observedSourcesDigest()).isEqualTo("sha256:old");
    }

    @Test
    void setsTheRemainingInventoryOnPartialFailure() {
        List<ArtifactInventoryEntry> remaining = List.of(Samples.entry("a"), Samples.entry("old"));
        Outcome partial =
                new Outcome.Retry("BuildFailed", Failures.of("broken"), Duration.ofSeconds(5), remaining, Changes.NONE);

        ArtifactGeneratorStatus after = planner.after(withConditions(List.of(SUCCEEDED), 3), partial);

        assertThat(after.inventory()).isEqualTo(remaining);
        assertThat(after.observedSourcesDigest()).isEqualTo("sha256:old");
    }

    static Stream<Outcome> outcomes() {
        return Stream.of(READY, UP_TO_DATE, RETRY, STALL, new Outcome.Progressing(), new Outcome.Suspended(false));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyRunAcknowledgesTheRequest(Outcome outcome) {
        ArtifactGenerator requested = Samples.annotated(
                withConditions(List.of(SUCCEEDED), 3), Map.of("reconcile.fluxcd.io/requestedAt", "now"));

        assertThat(planner.after(requested, outcome).lastHandledReconcileAt()).isEqualTo("now");
    }

    @Test
    void acknowledgesARequestAtTheEndOfARun() {
        ArtifactGenerator requested = Samples.annotated(
                withConditions(List.of(SUCCEEDED), 3), Map.of("reconcile.fluxcd.io/requestedAt", "now"));

        assertThat(planner.progressing(requested).lastHandledReconcileAt()).isEqualTo("before");
        assertThat(planner.after(withConditions(List.of(SUCCEEDED), 3), UP_TO_DATE)
                        .lastHandledReconcileAt())
                .isEqualTo("before");
    }

    private static ArtifactGenerator withConditions(List<String> conditions, long generation) {
        return Samples.generator("gen", "a")
                .withStatus(new ArtifactGeneratorStatus(
                        conditions.stream()
                                .map(text -> condition(text, generation))
                                .toList(),
                        List.of(Samples.entry("old")),
                        "sha256:old",
                        "before"));
    }

    @Test
    void theObjectionToMassDeletionStaysUntilARunMayPrune() {
        String objection = "NamespacePruneBlocked=True/MassDeletion/2 of 2";
        ArtifactGenerator blocked = withConditions(List.of(objection), 1);
        NamespaceResults again =
                new NamespaceResults(List.of(), List.of(), List.of(), List.of(), List.of(), Optional.of("2 of 2"));

        assertThat(shown(blocked, RETRY)).as("before its end").contains(objection);
        assertThat(shown(blocked, ended(again))).contains(objection);
        assertThat(shown(blocked, ended(NamespaceResults.NONE))).doesNotContain(objection);
        assertThat(shown(blocked, READY)).doesNotContain(objection);
    }

    private static Outcome ended(NamespaceResults namespaces) {
        return new Outcome.Retry(
                "PruneFailed",
                Failures.of("broken"),
                null,
                List.of(),
                new Changes(List.of(), List.of(), List.of(), namespaces));
    }

    private List<String> shown(ArtifactGenerator generator, Outcome outcome) {
        return planner.after(generator, outcome).conditions().stream()
                .map(StatusPlannerTest::text)
                .toList();
    }

    private static V1Condition condition(String text, long generation) {
        String[] parts = text.split("[=/]", 4);
        return new V1Condition()
                .type(parts[0])
                .status(parts[1])
                .reason(parts[2])
                .message(parts[3])
                .observedGeneration(generation)
                .lastTransitionTime(EARLIER);
    }

    private static String text(V1Condition c) {
        return "%s=%s/%s/%s".formatted(c.getType(), c.getStatus(), c.getReason(), c.getMessage());
    }
}
