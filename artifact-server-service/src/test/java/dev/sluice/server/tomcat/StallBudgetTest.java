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

    private void access(int times, Duration each, long bytes) {
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
        access(100_000, Duration.ofNanos(30_000), 0);
        access(10_000, Duration.ofNanos(400_000), 1_000_000);
        access(1_000, Duration.ofMillis(2), 4_000_000);
        assertThat(budget.isExhausted()).isFalse();
    }

    /** On a busy machine, threads sometimes wait for a processor; that must not count against the volume. */
    @Test
    void stallsBelowAQuarterOfTheTimeAreTolerated() {
        for (int i = 0; i < 1000; i++) {
            access(800, Duration.ofNanos(50_000), 0);
            access(2, Duration.ofMillis(5), 0);
        }
        assertThat(budget.isExhausted()).isFalse();
    }

    @Test
    void aSlowVolumeExhaustsTheBudgetForTenSeconds() {
        access(12, Duration.ofMillis(20), 0);
        assertThat(budget.isExhausted()).isFalse();
        access(1, Duration.ofMillis(20), 0);
        assertThat(budget.isExhausted()).isTrue();

        pass(PAUSE.minusNanos(1));
        assertThat(budget.isExhausted()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(budget.isExhausted()).isFalse();
        access(13, Duration.ofMillis(20), 0);
        assertThat(budget.isExhausted()).isTrue();
    }

    @Test
    void slightlySlowAccessesExhaustTheBudgetIfAllAre() {
        access(1000, Duration.ofNanos(1_200_000), 0);
        assertThat(budget.isExhausted()).isTrue();
    }

    /** Fast accesses between them do not matter. */
    @Test
    void aFewSlowAccessesExhaustTheBudget() {
        for (int i = 0; i < 6; i++) {
            access(100, Duration.ofNanos(30_000), 0);
            access(1, Duration.ofMillis(50), 0);
        }
        assertThat(budget.isExhausted()).isTrue();
    }

    /** 10 ms is slow for a lookup and fast for 20 MB. */
    @Test
    void theTimeForASendGrowsWithItsBytes() {
        access(100, Duration.ofMillis(10), 20_000_000);
        assertThat(budget.isExhausted()).isFalse();
        access(100, Duration.ofMillis(10), 200_000);
        assertThat(budget.isExhausted()).isTrue();
    }

    @Test
    void theBudgetIsExhaustedWhilePollersAreBlockedAndForTenSecondsAfterwards() {
        budget.beginBlocked();
        budget.beginBlocked();
        pass(Duration.ofMinutes(1));
        budget.endBlocked();
        assertThat(budget.blockedPollers()).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        assertThat(budget.isExhausted()).isTrue();
        budget.endBlocked();
        assertThat(budget.isExhausted()).isTrue();
        pass(PAUSE);
        assertThat(budget.isExhausted()).isFalse();
    }

    @Test
    void eachPollerHasItsOwnShare() {
        StallBudget.Share other = budget.new Share();
        for (int i = 0; i < 12; i++) {
            access(1, Duration.ofMillis(20), 0);
            other.record(Duration.ofMillis(20).toNanos(), 0);
        }
        assertThat(budget.isExhausted()).isFalse();
        access(1, Duration.ofMillis(20), 0);
        assertThat(budget.isExhausted()).isTrue();
    }
}
