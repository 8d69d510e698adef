package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VolumePaceTest {

    private static final Duration REST = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(-5);
    private final VolumePace pace = new VolumePace(now::get);
    private final LostTime lost = new LostTime(pace);

    private void took(int times, Duration each, long bytes) {
        for (int i = 0; i < times; i++) {
            now.addAndGet(each.toNanos());
            lost.took(each.toNanos(), bytes);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void filesInThePageCacheAreQuick() {
        took(100_000, Duration.ofNanos(30_000), 0);
        took(10_000, Duration.ofNanos(400_000), 1_000_000);
        took(1_000, Duration.ofMillis(2), 4_000_000);
        assertThat(pace.isQuick()).isTrue();
    }

    /** On a busy machine threads wait for a processor now and then, and the volume is not to blame. */
    @Test
    void lessThanAQuarterOfTheTimeIsBearable() {
        for (int i = 0; i < 1000; i++) {
            took(800, Duration.ofNanos(50_000), 0);
            took(2, Duration.ofMillis(5), 0);
        }
        assertThat(pace.isQuick()).isTrue();
    }

    @Test
    void aSlowVolumeIsFoundOutAfterAQuarterOfASecondAndLeftAloneForTen() {
        took(12, Duration.ofMillis(20), 0);
        assertThat(pace.isQuick()).isTrue();
        took(1, Duration.ofMillis(20), 0);
        assertThat(pace.isQuick()).isFalse();

        pass(REST.minusNanos(1));
        assertThat(pace.isQuick()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(pace.isQuick()).isTrue();
        took(13, Duration.ofMillis(20), 0);
        assertThat(pace.isQuick()).isFalse();
    }

    @Test
    void looksThatAllTakeALittleTooLongAreFoundOut() {
        took(1000, Duration.ofNanos(1_200_000), 0);
        assertThat(pace.isQuick()).isFalse();
    }

    /** However many quick ones there are between them. */
    @Test
    void someSlowLooksAmongManyAreFoundOut() {
        for (int i = 0; i < 6; i++) {
            took(100, Duration.ofNanos(30_000), 0);
            took(1, Duration.ofMillis(50), 0);
        }
        assertThat(pace.isQuick()).isFalse();
    }

    /** 10 ms are much for a look, and little for 20 MB. */
    @Test
    void whatASendMayTakeGrowsWithItsBytes() {
        took(100, Duration.ofMillis(10), 20_000_000);
        assertThat(pace.isQuick()).isTrue();
        took(100, Duration.ofMillis(10), 200_000);
        assertThat(pace.isQuick()).isFalse();
    }

    @Test
    void whileThreadsAreHeldUpItIsNotQuick() {
        assertThat(pace.beginHeldUp()).isEqualTo(1);
        assertThat(pace.beginHeldUp()).isEqualTo(2);
        pass(Duration.ofMinutes(1));
        pace.endHeldUp();
        assertThat(pace.isQuick()).isFalse();
        pace.endHeldUp();
        assertThat(pace.isQuick()).isTrue();
    }
}
