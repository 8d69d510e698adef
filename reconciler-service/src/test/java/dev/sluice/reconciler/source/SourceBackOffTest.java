package dev.sluice.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.artifact.fetch.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceBackOffTest {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final SourceRequest SOURCE = request("good", "http://host/a", "sha256:1");

    private final TestTicker ticker = new TestTicker();
    private final SourceBackOff backOff = backOff(RetryPolicy.FLUX);

    private SourceBackOff backOff(RetryPolicy policy) {
        return new SourceBackOff(policy, LONGEST, Duration.ofMinutes(10), ticker);
    }

    private static SourceRequest request(String namespace, String url, String digest) {
        return new SourceRequest(namespace, url, digest);
    }

    @Test
    void doublesTheWaitAfterTheRetriesUpToTheMaximum() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            seconds.add(failAndWait().toSeconds());
        }

        assertThat(seconds)
                .containsExactly(5L, 10L, 20L, 30L, 30L, 30L, 30L, 30L, 30L, 60L, 120L, 240L, 480L, 900L, 900L, 900L);
    }

    @Test
    void retriesAnUnreachableHostEveryHalfMinute() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Duration wait = backOff.unreachable(SOURCE, "refused");
            seconds.add(wait.toSeconds());
            ticker.advance(wait);
        }

        assertThat(seconds).startsWith(5L, 10L, 20L, 30L).endsWith(30L, 30L);
    }

    @Test
    void doublesTheWaitAtOnceWithoutRetries() {
        SourceBackOff noRetries = backOff(RetryPolicy.FLUX.withRetries(0));
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Duration wait = noRetries.failed(SOURCE, Optional.empty(), "500");
            seconds.add(wait.toSeconds());
            ticker.advance(wait);
        }

        assertThat(seconds).containsExactly(10L, 40L, 160L);
    }

    @Test
    void countsConcurrentFailuresOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(fail(Optional.empty())).isEqualTo(Duration.ofSeconds(5));
        }
        ticker.advance(Duration.ofSeconds(5));

        assertThat(fail(Optional.empty())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void honoursRetryAfterUpToTheCap() {
        assertThat(fail(Optional.of(Duration.ofMinutes(2)))).isEqualTo(Duration.ofMinutes(2));
        ticker.advance(Duration.ofMinutes(2));
        assertThat(fail(Optional.of(Duration.ofHours(5)))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void reportsTheFailureUntilTheWaitEnds() {
        fail(Optional.empty());
        ticker.advance(Duration.ofSeconds(4));
        assertThatExceptionOfType(SourceWaitException.class)
                .isThrownBy(() -> backOff.requireNotBackingOff(SOURCE))
                .withMessage("500")
                .matches(e -> e.retryAfter().equals(Duration.ofSeconds(1)));

        ticker.advance(Duration.ofSeconds(1));
        assertMayAsk(SOURCE);
    }

    @Test
    void aResponseBacksOffItsUrlAndDigestOnly() {
        fail(Optional.of(Duration.ofMinutes(9)));

        assertMayAsk(request("good", "http://host/b", "sha256:1"));
        assertMayAsk(request("good", "http://host/a", "sha256:2"));
        assertMayAsk(request("other", "http://host/a", "sha256:1"));
    }

    @Test
    void aFailedConnectionBacksOffTheHostForItsNamespaceOnly() {
        backOff.unreachable(SOURCE, "refused");

        assertThatExceptionOfType(SourceWaitException.class)
                .isThrownBy(() -> backOff.requireNotBackingOff(request("good", "http://HOST/b", "sha256:2")));
        assertMayAsk(request("good", "http://host:81/a", "sha256:1"));
        assertMayAsk(request("other", "http://host/a", "sha256:1"));
    }

    @Test
    void aNamespaceCannotEvictTheFailuresOfOthers() {
        fail(Optional.empty());
        backOff.unreachable(request("good", "http://dead/", "sha256:1"), "refused");
        for (int i = 0; i < 5_000; i++) {
            backOff.failed(request("evil", "http://host/" + i, "sha256:1"), Optional.empty(), "404");
            backOff.unreachable(request("evil", "http://host" + i + "/", "sha256:1"), "refused");
        }

        assertThatExceptionOfType(SourceWaitException.class).isThrownBy(() -> backOff.requireNotBackingOff(SOURCE));
        assertThatExceptionOfType(SourceWaitException.class)
                .isThrownBy(() -> backOff.requireNotBackingOff(request("good", "http://dead/x", "sha256:1")));
    }

    @Test
    void backsOffAPermanentFailureForTheMaximumWait() {
        IOException tooLarge = new IOException("too large");
        backOff.failedTerminally(SOURCE, tooLarge);
        ticker.advance(LONGEST.minusSeconds(1));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> backOff.requireNotBackingOff(SOURCE))
                .isSameAs(tooLarge);

        ticker.advance(Duration.ofSeconds(1));
        assertMayAsk(SOURCE);
    }

    @Test
    void aSuccessResetsTheBackOff() {
        failAndWait();
        failAndWait();
        backOff.succeeded(SOURCE);

        assertMayAsk(SOURCE);
        assertThat(fail(Optional.empty())).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void ignoresAnOldFailure() {
        failAndWait();
        ticker.advance(LONGEST.plusSeconds(1));

        assertThat(fail(Optional.empty())).isEqualTo(Duration.ofSeconds(5));
    }

    private void assertMayAsk(SourceRequest request) {
        assertThatCode(() -> backOff.requireNotBackingOff(request)).doesNotThrowAnyException();
    }

    private Duration failAndWait() {
        Duration wait = fail(Optional.empty());
        ticker.advance(wait);
        return wait;
    }

    private Duration fail(Optional<Duration> retryAfter) {
        return backOff.failed(SOURCE, retryAfter, "500");
    }
}
