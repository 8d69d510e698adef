package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallBudgetTest {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(-5);
    private final StallBudget budget = new StallBudget(now::get);
    private final StallBudget.Share share = budget.new Share();

    private void took(int times, Duration each, long bytes) {
        for (int i = 0; i < times; i++) {
            now.addAndGet(each.toNanos());
            share.record(each.toNanos(), bytes);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void filesInThePageCacheCostNothing() {
        took(100_000, Duration.ofNanos(30_000), 0);
        took(10_000, Duration.ofNanos(400_000), 1_000_000);
        took(1_000, Duration.ofMillis(2), 4_000_000);
        assertThat(budget.isSpent()).isFalse();
    }

    /** On a busy machine threads wait for a processor at times, which is not the fault of the volume. */
    @Test
    void lessThanAQuarterOfTheTimeIsTolerated() {
        for (int i = 0; i < 1000; i++) {
            took(800, Duration.ofNanos(50_000), 0);
            took(2, Duration.ofMillis(5), 0);
        }
        assertThat(budget.isSpent()).isFalse();
    }

    @Test
    void aSlowVolumeSpendsItWithinAQuarterOfASecondForTenSeconds() {
        took(12, Duration.ofMillis(20), 0);
        assertThat(budget.isSpent()).isFalse();
        took(1, Duration.ofMillis(20), 0);
        assertThat(budget.isSpent()).isTrue();

        pass(PAUSE.minusNanos(1));
        assertThat(budget.isSpent()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(budget.isSpent()).isFalse();
        took(13, Duration.ofMillis(20), 0);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void accessesThatAllTakeALittleTooLongSpendIt() {
        took(1000, Duration.ofNanos(1_200_000), 0);
        assertThat(budget.isSpent()).isTrue();
    }

    /** However many fast ones there are between them. */
    @Test
    void someSlowAccessesAmongManySpendIt() {
        for (int i = 0; i < 6; i++) {
            took(100, Duration.ofNanos(30_000), 0);
            took(1, Duration.ofMillis(50), 0);
        }
        assertThat(budget.isSpent()).isTrue();
    }

    /** 10 ms are long for a lookup, and short for 20 MB. */
    @Test
    void theTimeForASendGrowsWithItsBytes() {
        took(100, Duration.ofMillis(10), 20_000_000);
        assertThat(budget.isSpent()).isFalse();
        took(100, Duration.ofMillis(10), 200_000);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void itIsSpentWhilePollersAreBlockedAndForTenSecondsMore() {
        budget.beginBlocked();
        budget.beginBlocked();
        pass(Duration.ofMinutes(1));
        budget.endBlocked();
        assertThat(budget.blockedPollers()).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        assertThat(budget.isSpent()).isTrue();
        budget.endBlocked();
        assertThat(budget.isSpent()).isTrue();
        pass(PAUSE);
        assertThat(budget.isSpent()).isFalse();
    }

    @Test
    void eachPollerHasAShareOfItsOwn() {
        StallBudget.Share other = budget.new Share();
        for (int i = 0; i < 12; i++) {
            took(1, Duration.ofMillis(20), 0);
            other.record(Duration.ofMillis(20).toNanos(), 0);
        }
        assertThat(budget.isSpent()).isFalse();
        took(1, Duration.ofMillis(20), 0);
        assertThat(budget.isSpent()).isTrue();
    }
}
