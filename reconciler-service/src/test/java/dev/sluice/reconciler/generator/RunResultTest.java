package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunResultTest {

    private static final ObservedSources OBSERVED = ObservedSources.of(Map.of());
    private static final Changes.Change CHANGE = new Changes.Change("apps", "new", Samples.digest('a'), "latest", null);
    private static final ArtifactResult NEW = new ArtifactResult.Published(Samples.entry("new"), CHANGE, null);
    private static final ArtifactResult SAME = new ArtifactResult.Published(Samples.entry("same"), null, null);
    private static final ArtifactGenerator GENERATOR = Samples.withInventory(
            Samples.generator("gen"),
            Samples.entry("same"),
            Samples.entry("broken"),
            Samples.entry("left"),
            Samples.entry("tenant-a", "x"));

    @Test
    void isReadyWithoutFailuresAndReportsChanges() {
        Outcome outcome =
                new RunResult(List.of(NEW, SAME), Removal.NONE, NamespaceResults.NONE).outcome(GENERATOR, OBSERVED);

        assertThat(outcome)
                .isEqualTo(new Outcome.Ready(
                        List.of(Samples.entry("new"), Samples.entry("same")),
                        OBSERVED.digest(),
                        new Changes(List.of(CHANGE))));
    }

    @Test
    void keepsInventoryEntriesOfFailuresAndLeftovers() {
        Outcome.Retry retry = retry(
                List.of(NEW, SAME, failed("broken", GeneratorReasons.BUILD_FAILED)),
                List.of(new OrphanRemover.Leftover(Samples.key("left"), "left removal failed: away", false)));

        assertThat(retry.inventory())
                .containsExactly(
                        Samples.entry("new"), Samples.entry("same"), Samples.entry("broken"), Samples.entry("left"));
        assertThat(retry.changes().published()).containsExactly(CHANGE);
        assertThat(retry.message()).isEqualTo("broken failed\nleft removal failed: away");
        assertThat(retry.after()).isNull();
    }

    @Test
    void addsNoInventoryEntryForANewFailedArtifact() {
        assertThat(retry(List.of(failed("never", GeneratorReasons.BUILD_FAILED)), List.of())
                        .inventory())
                .isEmpty();
    }

    @Test
    void prefersTheReasonOfABuildFailure() {
        assertThat(retry(
                                List.of(
                                        failed("one", GeneratorReasons.RECONCILIATION_FAILED),
                                        failed("two", GeneratorReasons.BUILD_FAILED)),
                                List.of())
                        .reason())
                .isEqualTo(GeneratorReasons.BUILD_FAILED);
        assertThat(retry(List.of(failed("one", GeneratorReasons.RECONCILIATION_FAILED)), List.of())
                        .reason())
                .isEqualTo(GeneratorReasons.RECONCILIATION_FAILED);
    }

    @Test
    void stallsIfAllFailuresAreFinalAndKeepsTheInventory() {
        ArtifactResult tooLarge =
                new ArtifactResult.Failed(Samples.key("broken"), GeneratorReasons.BUILD_FAILED, "too large", true);

        Outcome outcome =
                new RunResult(List.of(NEW, tooLarge), Removal.NONE, NamespaceResults.NONE).outcome(GENERATOR, OBSERVED);

        assertThat(outcome)
                .isEqualTo(new Outcome.Stalled(
                        GeneratorReasons.BUILD_FAILED,
                        "too large",
                        List.of(Samples.entry("new"), Samples.entry("broken")),
                        new Changes(List.of(CHANGE)),
                        null));
        assertThat(retry(List.of(tooLarge, failed("other", GeneratorReasons.BUILD_FAILED)), List.of())
                        .message())
                .isEqualTo("too large\nother failed");
    }

    @Test
    void aDenialStallsAndIsCheckedAgain() {
        Outcome outcome = new RunResult(List.of(NEW, denied("x"), denied("y")), Removal.NONE, NamespaceResults.NONE)
                .outcome(GENERATOR, OBSERVED);

        assertThat(outcome)
                .isEqualTo(new Outcome.Stalled(
                        GeneratorReasons.ACCESS_DENIED,
                        "may not create",
                        List.of(Samples.entry("new"), Samples.entry("tenant-a", "x")),
                        new Changes(List.of(CHANGE)),
                        Outcome.Stalled.DENIED_RECHECK));
    }

    @Test
    void aDenialDoesNotEndTheRetriesOfOtherFailures() {
        Outcome.Retry retry = retry(List.of(denied("x"), failed("broken", GeneratorReasons.BUILD_FAILED)), List.of());

        assertThat(retry.reason()).isEqualTo(GeneratorReasons.BUILD_FAILED);
        assertThat(retry.message()).isEqualTo("may not create\nbroken failed");
        assertThat(retry(List.of(denied("x"), failed("b", GeneratorReasons.RECONCILIATION_FAILED)), List.of())
                        .reason())
                .isEqualTo(GeneratorReasons.ACCESS_DENIED);
    }

    @Test
    void aLeftoverInAnotherNamespaceIsAPruneFailureThatIsRetried() {
        OrphanRemover.Leftover elsewhere =
                new OrphanRemover.Leftover(new ObjectKey("tenant-a", "x"), "tenant-a/x removal failed: away", false);

        Outcome.Retry retry = retry(List.of(NEW), List.of(elsewhere));

        assertThat(retry.reason()).isEqualTo(GeneratorReasons.PRUNE_FAILED);
        assertThat(retry.message()).isEqualTo("failed to prune 1 object(s), retrying\ntenant-a/x removal failed: away");
        assertThat(retry.inventory()).containsExactly(Samples.entry("new"), Samples.entry("tenant-a", "x"));
    }

    @Test
    void keepsTheEntryOfTheNamespaceThatFailed() {
        ArtifactResult moved = new ArtifactResult.Failed(
                new ObjectKey("tenant-a", "same"), GeneratorReasons.BUILD_FAILED, "tenant-a/same failed");
        ArtifactGenerator generator = Samples.withInventory(
                Samples.generator("gen"), Samples.entry("same"), Samples.entry("tenant-a", "same"));

        Outcome.Retry retry = (Outcome.Retry)
                new RunResult(List.of(moved), Removal.NONE, NamespaceResults.NONE).outcome(generator, OBSERVED);

        assertThat(retry.inventory()).containsExactly(Samples.entry("tenant-a", "same"));
    }

    private static ArtifactResult denied(String name) {
        return new ArtifactResult.Failed(
                new ObjectKey("tenant-a", name), GeneratorReasons.ACCESS_DENIED, "may not create", true);
    }

    @Test
    void showsTenFailuresAndCountsTheRest() {
        assertThat(messageOf(10).lines()).hasSize(10).endsWith("a9 failed");
        assertThat(messageOf(12).lines()).hasSize(11).endsWith("a9 failed", "and 2 more, 12 failures in total");
    }

    @Test
    void keepsAThousandLongFailuresBelowTheMessageLimit() {
        List<ArtifactResult> results = IntStream.range(0, 1_000)
                .mapToObj(i -> new ArtifactResult.Failed(
                        Samples.key("a" + i), GeneratorReasons.BUILD_FAILED, "a" + i + "😀".repeat(5_000)))
                .map(ArtifactResult.class::cast)
                .toList();

        Outcome.Retry retry = retry(results, List.of());

        assertThat(retry.message().length()).isLessThanOrEqualTo(Conditions.MAX_MESSAGE_LENGTH);
        assertThat(retry.message()).startsWith("a0").endsWith("\nand 990 more, 1000 failures in total");
        assertThat(retry.message().lines().skip(9))
                .first()
                .asString()
                .startsWith("a9")
                .endsWith("😀…");
        assertThat(retry.failures().messages()).hasSize(1_000);
        assertThat(retry.failures().isShortened()).isTrue();
    }

    @Test
    void showsShortFailuresInFull() {
        assertThat(new Failures(List.of("a failed", "b failed")).isShortened()).isFalse();
    }

    private static String messageOf(int failures) {
        List<ArtifactResult> results = IntStream.range(0, failures)
                .mapToObj(i -> failed("a" + i, GeneratorReasons.BUILD_FAILED))
                .toList();
        return retry(results, List.of()).message();
    }

    private static ArtifactResult failed(String name, String reason) {
        return new ArtifactResult.Failed(Samples.key(name), reason, name + " failed");
    }

    private static Outcome.Retry retry(List<ArtifactResult> results, List<OrphanRemover.Leftover> leftovers) {
        return (Outcome.Retry) new RunResult(results, new Removal(List.of(), leftovers), NamespaceResults.NONE)
                .outcome(GENERATOR, OBSERVED);
    }
}
