package dev.sluice.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.artifact.digest.DigestAlgorithm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A resolver that hangs for all names but {@code quick} and {@code unknown}. */
@Timeout(60)
class HostLookupsTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final String URL = "http://a/b";

    private final CountDownLatch resolverAnswers = new CountDownLatch(1);
    private final List<String> resolved = new CopyOnWriteArrayList<>();
    private final HostLookups lookups = new HostLookups(this::resolve);

    private void resolve(String host) throws UnknownHostException {
        resolved.add(host);
        if (host.equals("unknown")) {
            throw new UnknownHostException(host);
        }
        if (!host.equals("quick")) {
            awaitAnswer();
        }
    }

    /** Like the system's resolver, cannot be interrupted. */
    private void awaitAnswer() {
        while (true) {
            try {
                resolverAnswers.await();
                return;
            } catch (InterruptedException e) {
                // waits on
            }
        }
    }

    @AfterEach
    void allThreadsEnd() {
        resolverAnswers.countDown();
        Awaitility.await().until(() -> lookups.pending() == 0);
    }

    @Test
    void looksUpNamesAndNoAddresses() throws IOException {
        lookups.await("a", "quick", Duration.ofMinutes(1), URL);
        lookups.await("a", "127.0.0.1", SHORT, URL);
        lookups.await("a", "[::1]", SHORT, URL);

        assertThat(resolved).containsExactly("quick");
        // the JVM looks these up
        hang("a", "999.0.0.1");
        hang("a", "1.2.3.4.5");
        assertThatExceptionOfType(RetryableFetchException.class)
                .isThrownBy(() -> lookups.await("a", "unknown", Duration.ofMinutes(1), URL))
                .withMessage("download of 'http://a/b' failed: cannot resolve the host name")
                .matches(RetryableFetchException::isUnreachable);
    }

    @Test
    void aHostHasOneThread() {
        for (String owner : List.of("a", "a", "b")) {
            assertThatExceptionOfType(RetryableFetchException.class)
                    .isThrownBy(() -> lookups.await(owner, "slow", SHORT, URL))
                    .withMessage("download of 'http://a/b' failed: the name lookup of the host took longer than 1 ms")
                    .matches(RetryableFetchException::isUnreachable);
        }

        assertThat(lookups.pending()).isEqualTo(1);
        Awaitility.await().until(() -> resolved.equals(List.of("slow")));
    }

    @Test
    void limitsTheLookupsOfAnOwnerAndOfAll() throws IOException {
        for (int owner = 0; owner < 6; owner++) {
            for (int i = 0; i < HostLookups.MAX_PENDING_OF_OWNER; i++) {
                hang("owner" + owner, "host%d-%d".formatted(owner, i));
            }
            assertRefused("owner" + owner, "quick");
        }
        for (int i = 0; i < 11; i++) {
            hang("greedy", "greedy-host" + i);
        }
        assertRefused("greedy", "quick");
        lookups.await("neighbour", "quick", Duration.ofMinutes(1), URL);

        for (int i = lookups.pending(); i < HostLookups.MAX_PENDING; i++) {
            hang(HostLookups.NO_OWNER, "host" + i);
        }
        assertRefused("neighbour", "quick");
        assertRefused(HostLookups.NO_OWNER, "quick");
        assertThat(lookups.pending()).isEqualTo(HostLookups.MAX_PENDING);

        resolverAnswers.countDown();
        Awaitility.await().until(() -> lookups.pending() == 0);
        lookups.await("owner0", "host0-0", Duration.ofMinutes(1), URL);
    }

    @Test
    void nobodyHasNoLimitOfItsOwn() {
        for (int i = 0; i <= HostLookups.MAX_PENDING_OF_OWNER; i++) {
            hang(HostLookups.NO_OWNER, "host" + i);
        }

        assertThat(lookups.pending()).isEqualTo(HostLookups.MAX_PENDING_OF_OWNER + 1);
    }

    private void hang(String owner, String host) {
        assertThatExceptionOfType(RetryableFetchException.class)
                .isThrownBy(() -> lookups.await(owner, host, SHORT, URL))
                .withMessageContaining("took longer");
    }

    private void assertRefused(String owner, String host) {
        assertThatExceptionOfType(RetryableFetchException.class)
                .isThrownBy(() -> lookups.await(owner, host, SHORT, URL))
                .withMessage("download of 'http://a/b' failed: too many name lookups are waiting for an answer")
                .matches(RetryableFetchException::isUnreachable);
    }

    @Test
    void aDownloadDoesNotReachTheClientWhileTheLookupHangs() {
        FetchOptions options = FetchOptions.defaults()
                .withTimeouts(new FetchTimeouts(SHORT, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        FetchAttempt attempt = new FetchAttempt(options, Clock.systemUTC(), lookups);

        assertThatExceptionOfType(RetryableFetchException.class)
                .isThrownBy(() -> attempt.run(
                        "a",
                        "http://slow:1/b",
                        DigestAlgorithm.SHA256,
                        OutputStream.nullOutputStream(),
                        Deadline.never()))
                .withMessage("download of 'http://slow:1/b' failed: the name lookup of the host took longer than 1 ms");
    }

    @Test
    void aFetcherWithAnOwnerCountsForIt() {
        FetchOptions options = FetchOptions.defaults().withRetry(RetryPolicy.FLUX.withRetries(0));
        FetchAttempt attempt = new FetchAttempt(options, Clock.systemUTC(), lookups);
        ArtifactFetcher fetcher =
                new ArtifactFetcher(options, attempt, HostLookups.NO_OWNER, wait -> {}, () -> 0).withOwner("a");
        for (int i = 0; i < HostLookups.MAX_PENDING_OF_OWNER; i++) {
            hang("a", "host" + i);
        }

        assertThatExceptionOfType(RetryableFetchException.class)
                .isThrownBy(() -> fetcher.fetchText("http://slow/b", 10, Deadline.never()))
                .withMessageContaining("too many name lookups");
        assertThatExceptionOfType(RetryableFetchException.class)
                .isThrownBy(() -> fetcher.attempt(
                        "http://slow/b", "0".repeat(64), OutputStream.nullOutputStream(), Deadline.never()))
                .withMessageContaining("too many name lookups");
    }

    @Test
    void looksUpTheProxyInsteadOfTheHost() {
        FetchOptions options = FetchOptions.defaults()
                .withTimeouts(new FetchTimeouts(SHORT, Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .withProxies(ProxyRules.fromEnvironment(Map.of("HTTP_PROXY", "http://proxy:3128")));
        FetchAttempt attempt = new FetchAttempt(options, Clock.systemUTC(), lookups);

        assertThatExceptionOfType(RetryableFetchException.class)
                .isThrownBy(() -> attempt.run(
                        "a",
                        "http://behind-it/b",
                        DigestAlgorithm.SHA256,
                        OutputStream.nullOutputStream(),
                        Deadline.never()));
        Awaitility.await().until(() -> resolved.equals(List.of("proxy")));
    }

    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                lookups.await("a", "slow", Duration.ofMinutes(1), URL);
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        waiting.start();
        waiting.interrupt();
        waiting.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    }
}
