package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.controller.queue.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequeueTest {

    private static final Outcome READY = new Outcome.Ready(List.of(), "", Changes.NONE);

    private final Requeue requeue = new Requeue(interval -> interval.plusSeconds(1));

    @Test
    void requeuesAfterTheIntervalWithJitterAfterABuildOnly() {
        assertThat(requeue.after(READY)).isEqualTo(Result.requeueAfter(Duration.ofSeconds(3601)));
        assertThat(requeue.after(new Outcome.UpToDate(1))).isEqualTo(Result.requeueAfter(Duration.ofHours(1)));
    }

    @Test
    void requeuesProgressingObjectsAtOnce() {
        assertThat(requeue.after(new Outcome.Progressing())).isEqualTo(Result.requeueAfter(Duration.ZERO));
    }

    @Test
    void requeuesAFailureAfterItsDelayOrBacksOff() {
        assertThat(requeue.after(Outcome.Retry.of("R", "m", Duration.ofSeconds(5))))
                .isEqualTo(Result.requeueAfter(Duration.ofSeconds(5)));
        assertThat(requeue.after(Outcome.Retry.of("R", "m", null))).isInstanceOf(Result.Retry.class);
    }

    @Test
    void doesNotRequeueStalledSuspendedOrDeletedObjects() {
        assertThat(requeue.after(new Outcome.Stalled("R", "m"))).isInstanceOf(Result.Terminal.class);
        assertThat(requeue.after(new Outcome.Suspended(false))).isEqualTo(Result.done());
        assertThat(requeue.after(new Outcome.Deleted())).isEqualTo(Result.done());
    }

    @Test
    void keepsTheJitterWithinItsPercentage() {
        Requeue jittered = Requeue.withJitter(5);

        for (int i = 0; i < 200; i++) {
            Duration delay = ((Result.RequeueAfter) jittered.after(READY)).delay();
            assertThat(delay).isBetween(Duration.ofMinutes(57), Duration.ofMinutes(63));
        }
        assertThat(Requeue.withJitter(0).after(READY)).isEqualTo(Result.requeueAfter(Duration.ofHours(1)));
    }
}
