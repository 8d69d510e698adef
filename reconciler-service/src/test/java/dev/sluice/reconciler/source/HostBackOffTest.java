package dev.sluice.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.fetch.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostBackOffTest {

    private static final String HOST = "source-controller";

    private final TestClock clock = new TestClock();
    private final HostBackOff backOff = new HostBackOff(RetryPolicy.FLUX, Duration.ofMinutes(10), clock);

    @Test
    void waitsDoubleToTheLongestAndBeginAnewAfterTheRetries() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            seconds.add(failAndWait().toSeconds());
        }

        assertThat(seconds).containsExactly(5L, 10L, 20L, 30L, 30L, 30L, 30L, 30L, 30L, 5L, 10L);
    }

    @Test
    void triesThatWereUnderWayTogetherCountAsOneFailure() {
        for (int i = 0; i < 10; i++) {
            assertThat(fail(Optional.empty())).isEqualTo(Duration.ofSeconds(5));
        }
        clock.advance(Duration.ofSeconds(5));

        assertThat(fail(Optional.empty())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatTheHostAsksForIsHonouredUpToTheCap() {
        assertThat(fail(Optional.of(Duration.ofMinutes(2)))).isEqualTo(Duration.ofMinutes(2));
        clock.advance(Duration.ofMinutes(2));
        assertThat(fail(Optional.of(Duration.ofHours(5)))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aWaitEndsWithItsTimeAndSaysWhyItBegan() {
        fail(Optional.empty());
        clock.advance(Duration.ofSeconds(4));
        assertThat(backOff.waiting(HOST)).contains(new HostBackOff.HostWait(Duration.ofSeconds(1), "refused"));

        clock.advance(Duration.ofSeconds(1));
        assertThat(backOff.waiting(HOST)).isEmpty();
    }

    @Test
    void oneHostDoesNotHoldAnother() {
        fail(Optional.empty());

        assertThat(backOff.waiting("elsewhere")).isEmpty();
    }

    @Test
    void aSuccessForgetsTheFailures() {
        failAndWait();
        failAndWait();
        backOff.succeeded(HOST);

        assertThat(backOff.waiting(HOST)).isEmpty();
        assertThat(fail(Optional.empty())).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void withoutRetriesEveryFailureWaitsTheFirstTime() {
        HostBackOff noRetries = new HostBackOff(RetryPolicy.FLUX.withRetries(0), Duration.ofMinutes(10), clock);
        for (int i = 0; i < 3; i++) {
            Duration wait = noRetries.failed(HOST, Optional.empty(), "refused");
            assertThat(wait).isEqualTo(Duration.ofSeconds(5));
            clock.advance(wait);
        }
    }

    private Duration failAndWait() {
        Duration wait = fail(Optional.empty());
        clock.advance(wait);
        return wait;
    }

    private Duration fail(Optional<Duration> retryAfter) {
        return backOff.failed(HOST, retryAfter, "refused");
    }
}
