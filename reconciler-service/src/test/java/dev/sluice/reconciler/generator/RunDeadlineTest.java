package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunDeadlineTest {

    @Test
    void aRunThatHasJustStartedIsNotOver() {
        RunDeadline deadline = new RunDeadline(Duration.ofMinutes(10));

        assertThat(deadline.isOver(deadline.start())).isFalse();
    }

    @Test
    void aRunThatTookItsTimeIsOverEvenIfTheClockIsATrifleBehind() {
        RunDeadline deadline = new RunDeadline(Duration.ofMinutes(10));
        long started = deadline.start();

        assertThat(deadline.isOver(started - Duration.ofMinutes(10).toNanos())).isTrue();
        assertThat(deadline.isOver(
                        started - Duration.ofMinutes(10).minusMillis(40).toNanos()))
                .isTrue();
        assertThat(deadline.isOver(started - Duration.ofMinutes(9).toNanos())).isFalse();
    }

    @Test
    void theMessageNamesTheLimitAndTheFlagThatRaisesIt() {
        assertThat(new RunDeadline(Duration.ofMinutes(10)).message())
                .contains("10m")
                .contains("--reconciliation-timeout");
    }
}
