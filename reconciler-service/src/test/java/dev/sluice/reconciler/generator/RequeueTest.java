package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.controller.queue.Result;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequeueTest {

    private static final Outcome READY = new Outcome.Ready(List.of(), "", Changes.NONE);

    private static final ArtifactGenerator GENERATOR = Samples.generator("gen", "a");

    private final Requeue requeue = new Requeue(interval -> interval.plusSeconds(1));

    private record Interval(String annotation, Duration expected) {}

    static Stream<Interval> intervals() {
        return Stream.of(
                new Interval("10m", Duration.ofMinutes(10)),
                new Interval("1h30m", Duration.ofMinutes(90)),
                new Interval("2562047h", Duration.ofHours(2_562_047)),
                new Interval("10s", Duration.ofSeconds(10)),
                new Interval("1ns", Duration.ofSeconds(10)),
                new Interval("0s", Duration.ofHours(1)),
                new Interval("-5m", Duration.ofHours(1)),
                new Interval("10minutes", Duration.ofHours(1)),
                new Interval("", Duration.ofHours(1)));
    }

    @ParameterizedTest
    @MethodSource("intervals")
    void theAnnotationSetsTheInterval(Interval given) {
        ArtifactGenerator annotated =
                Samples.annotated(GENERATOR, Map.of("source.extensions.fluxcd.io/reconcileEvery", given.annotation()));

        assertThat(requeue.after(annotated, READY))
                .isEqualTo(Result.requeueAfter(given.expected().plusSeconds(1)));
        assertThat(requeue.after(annotated, new Outcome.UpToDate(1, 0)))
                .isEqualTo(Result.requeueAfter(given.expected()));
    }

    @Test
    void theAnnotationDoesNotDelayRetries() {
        ArtifactGenerator annotated =
                Samples.annotated(GENERATOR, Map.of("source.extensions.fluxcd.io/reconcileEvery", "10m"));

        assertThat(requeue.after(annotated, Outcome.Retry.of("R", "m", Duration.ofSeconds(5))))
                .isEqualTo(Result.requeueAfter(Duration.ofSeconds(5)));
    }

    private Result after(Outcome outcome) {
        return requeue.after(GENERATOR, outcome);
    }

    @Test
    void requeuesAfterTheIntervalWithJitterAfterABuildOnly() {
        assertThat(after(READY)).isEqualTo(Result.requeueAfter(Duration.ofSeconds(3601)));
        assertThat(after(new Outcome.UpToDate(1, 0))).isEqualTo(Result.requeueAfter(Duration.ofHours(1)));
    }

    @Test
    void requeuesProgressingObjectsAtOnce() {
        assertThat(after(new Outcome.Progressing())).isEqualTo(Result.requeueAfter(Duration.ZERO));
    }

    @Test
    void requeuesAFailureAfterItsDelayOrBacksOff() {
        assertThat(after(Outcome.Retry.of("R", "m", Duration.ofSeconds(5))))
                .isEqualTo(Result.requeueAfter(Duration.ofSeconds(5)));
        assertThat(after(Outcome.Retry.of("R", "m", null))).isInstanceOf(Result.Retry.class);
    }

    @Test
    void doesNotRequeueStalledSuspendedOrDeletedObjects() {
        assertThat(after(new Outcome.Stalled("R", "m"))).isInstanceOf(Result.Terminal.class);
        assertThat(after(new Outcome.Suspended(false))).isEqualTo(Result.done());
        assertThat(after(new Outcome.Deleted())).isEqualTo(Result.done());
    }

    @Test
    void keepsTheJitterWithinItsPercentage() {
        Requeue jittered = Requeue.withJitter(5);

        for (int i = 0; i < 200; i++) {
            Duration delay = ((Result.RequeueAfter) jittered.after(GENERATOR, READY)).delay();
            assertThat(delay).isBetween(Duration.ofMinutes(57), Duration.ofMinutes(63));
        }
        assertThat(Requeue.withJitter(0).after(GENERATOR, READY)).isEqualTo(Result.requeueAfter(Duration.ofHours(1)));
    }
}
