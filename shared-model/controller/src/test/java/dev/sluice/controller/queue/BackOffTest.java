package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void theDelayDoublesUpToTheLimit() {
        BackOff<String> backOff = new BackOff<>(BackOffOptions.DEFAULT, () -> 0.5);

        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            delays.add(backOff.next("a"));
        }

        assertThat(delays.subList(0, 4))
                .containsExactly(
                        Duration.ofMillis(750), Duration.ofMillis(1500), Duration.ofSeconds(3), Duration.ofSeconds(6));
        assertThat(delays.get(10)).isEqualTo(Duration.ofSeconds(768));
        assertThat(delays.subList(11, 13)).containsOnly(Duration.ofMinutes(15));
    }

    @Test
    void staysAtTheLimit() {
        // the client's exponential limiter wraps around to 5 ms after 64 failures
        BackOff<String> backOff = new BackOff<>(BackOffOptions.DEFAULT, () -> 0);
        for (int i = 0; i < 11; i++) {
            backOff.next("a");
        }

        for (int i = 0; i < 10_000; i++) {
            assertThat(backOff.next("a")).isEqualTo(Duration.ofMinutes(15));
        }
    }

    @Test
    void keysAreIndependentAndAResetStartsOver() {
        BackOff<String> backOff = new BackOff<>(BackOffOptions.DEFAULT, () -> 0);
        backOff.next("a");
        backOff.next("a");

        assertThat(backOff.next("b")).isEqualTo(Duration.ofMillis(750));
        assertThat(backOff.failures("a")).isEqualTo(2);

        backOff.reset("a");
        assertThat(backOff.failures("a")).isZero();
        assertThat(backOff.next("a")).isEqualTo(Duration.ofMillis(750));
    }

    @Test
    void jitterShortensADelayByAtMostItsFraction() {
        BackOffOptions options = new BackOffOptions(Duration.ofSeconds(10), Duration.ofSeconds(10), 0.2);

        assertThat(new BackOff<>(options, () -> 0).next("a")).isEqualTo(Duration.ofSeconds(10));
        assertThat(new BackOff<>(options, () -> 1).next("a")).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void refusesInvalidLimits() {
        Duration second = Duration.ofSeconds(1);

        assertThatIllegalArgumentException().isThrownBy(() -> new BackOffOptions(Duration.ZERO, second, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BackOffOptions(second, Duration.ofMillis(1), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BackOffOptions(second, second, 1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BackOffOptions(second, second, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackOffOptions(second, Duration.ofSeconds(Long.MAX_VALUE), 0));
    }
}
