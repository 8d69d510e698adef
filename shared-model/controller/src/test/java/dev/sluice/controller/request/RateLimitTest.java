package dev.sluice.controller.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final RateLimit limit = new RateLimit(10, 3, now::get);

    @Test
    void allowsABurstAndDelaysTheRest() {
        assertThat(limit.reserve()).isZero();
        assertThat(limit.reserve()).isZero();
        assertThat(limit.reserve()).isZero();
        assertThat(limit.reserve()).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(limit.reserve()).isEqualTo(Duration.ofMillis(200).toNanos());
    }

    @Test
    void refillsTheBucketUpToTheBurst() {
        for (int i = 0; i < 5; i++) {
            limit.reserve();
        }
        now.addAndGet(Duration.ofHours(1).toNanos());

        for (int i = 0; i < 3; i++) {
            assertThat(limit.reserve()).isZero();
        }
        assertThat(limit.reserve()).isPositive();
    }

    @Test
    void refusesInvalidRateLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(1, 0));
    }
}
