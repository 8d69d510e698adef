package dev.sluice.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    @Test
    void doublesDelaysFromFiveToThirtySeconds() {
        assertThat(IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> RetryPolicy.FLUX.waitAfter(i).toSeconds()))
                .containsExactly(5L, 10L, 20L, 30L, 30L, 30L, 30L, 30L, 30L);
        assertThat(RetryPolicy.FLUX.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryPolicy.FLUX.waitAfter(0)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void refusesNegativeValues() {
        assertThatThrownBy(() -> RetryPolicy.FLUX.withRetries(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deadlinesExpire() {
        assertThat(Deadline.after(Duration.ofSeconds(-1)).isOver()).isTrue();
        assertThat(Deadline.never().isOver()).isFalse();
        assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)).isOver()).isFalse();
        assertThat(Deadline.never().atMost(Duration.ZERO).isOver()).isTrue();
        assertThat(Deadline.after(Duration.ZERO).atMost(Duration.ofDays(1)).isOver())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:pass@host/a?b#c, http://host/a",
        "http://host/a@b, http://host/a@b",
        "user:pass@host/a, host/a",
        "http://a:b@c@host/x, http://host/x",
        "//u:p@host/x, //host/x",
        "http://host/a;sig=x/b;c=d;e, http://host/a/b",
        "http://host/a%3Bsig=x/b%3bc%3dd, http://host/a/b"
    })
    void redactsUrls(String url, String shown) {
        assertThat(RedactedUrl.of(url)).isEqualTo(shown);
    }
}
