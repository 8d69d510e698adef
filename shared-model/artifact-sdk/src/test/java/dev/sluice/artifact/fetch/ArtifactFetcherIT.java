package dev.sluice.artifact.fetch;

import static dev.sluice.artifact.fetch.ScriptedServer.endless;
import static dev.sluice.artifact.fetch.ScriptedServer.ok;
import static dev.sluice.artifact.fetch.ScriptedServer.raw;
import static dev.sluice.artifact.fetch.ScriptedServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.MissingDigestException;
import dev.sluice.artifact.storage.UnparsableDigestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ArtifactFetcherIT {

    private static final String BODY = "an artifact";
    private static final String DIGEST = Digest.ofBytes(DigestAlgorithm.SHA256, BODY.getBytes(StandardCharsets.UTF_8))
            .toString();
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    Path directory;

    private final List<Duration> waits = new ArrayList<>();
    private ScriptedServer server;
    private Path target;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        target = directory.resolve("artifact");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        assertThat(directory).isDirectoryNotContaining("glob:**/.tmp-*");
    }

    private ArtifactFetcher fetcher(FetchOptions options) {
        return new ArtifactFetcher(options, Clock.fixed(NOW, ZoneOffset.UTC), waits::add, () -> 0);
    }

    private void fetch() throws IOException {
        fetch(FetchOptions.defaults());
    }

    private void fetch(FetchOptions options) throws IOException {
        fetcher(options).fetch(server.url("/a.tar.gz"), DIGEST, target);
    }

    private static List<Duration> seconds(long... seconds) {
        return LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    @Test
    void downloadsWithOnePlainGet() throws IOException {
        server.then(ok(BODY));
        fetch();
        assertThat(target).hasContent(BODY);
        assertThat(waits).isEmpty();
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0).get(0)).isEqualTo("GET /a.tar.gz HTTP/1.1");
        assertThat(String.join("\n", server.requests().get(0)).toLowerCase(Locale.ROOT))
                .doesNotContain("upgrade", "accept-encoding");
    }

    @Test
    void readsChunkedBodiesAndBareDigests() throws IOException {
        server.then(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nan\r\n9\r\n artifact\r\n0\r\n\r\n"));
        fetcher(FetchOptions.defaults()).fetch(server.url("/a"), DIGEST.substring("sha256:".length()), target);
        assertThat(target).hasContent(BODY);
    }

    @Test
    void doesNotDecompressTheBody() throws IOException {
        server.then(ok(BODY, "Content-Encoding: gzip"));
        fetch();
        assertThat(target).hasContent(BODY);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 599})
    void retriesRetryableErrorsWithDoublingDelays(int status) throws IOException {
        for (int i = 0; i < 9; i++) {
            server.then(status(status));
        }
        server.then(ok(BODY));
        fetch();
        assertThat(target).hasContent(BODY);
        assertThat(waits).isEqualTo(seconds(5, 10, 20, 30, 30, 30, 30, 30, 30));
    }

    @Test
    void givesUpAfterNineRetries() {
        assertThatThrownBy(this::fetch)
                .isInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("HTTP 500");
        assertThat(server.requests()).hasSize(10);
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 304, 400, 401, 403, 410, 418, 501})
    void doesNotRetryOtherErrors(int status) {
        server.then(status(status));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(FetchException.class)
                .isNotInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("HTTP " + status);
        assertThat(waits).isEmpty();
    }

    @Test
    void notFoundHasItsOwnException() {
        server.then(status(404));
        assertThatThrownBy(this::fetch).isInstanceOf(ArtifactNotFoundException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void waitsForRetryAfter() throws IOException {
        server.then(status(429, "Retry-After: 7"));
        server.then(status(503, "Retry-After: Sun, 22 Nov 2026 10:00:42 GMT"));
        server.then(status(503, "Retry-After: Sun, 22 Nov 2026 09:00:00 GMT"));
        server.then(status(503, "Retry-After: soon"));
        server.then(status(500, "Retry-After: 99"));
        server.then(ok(BODY));
        fetch();
        assertThat(waits).isEqualTo(seconds(7, 42, 0, 30, 30));
    }

    @Test
    void doesNotStartAWaitThatWouldExceedTheDeadline() {
        server.then(status(503, "Retry-After: 60"));
        assertThatThrownBy(() -> fetcher(FetchOptions.defaults())
                        .fetch(server.url("/a"), DIGEST, target, Deadline.after(Duration.ofSeconds(30))))
                .isInstanceOf(RetryableFetchException.class);
        server.then(status(503, "Retry-After: 86400"));
        assertThatThrownBy(this::fetch).isInstanceOf(RetryableFetchException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void anAttemptReportsRetryAfterWithoutWaiting() {
        server.then(status(503, "Retry-After: 3"));
        assertThatThrownBy(() -> fetcher(FetchOptions.defaults())
                        .attempt(server.url("/a"), DIGEST, OutputStream.nullOutputStream(), Deadline.never()))
                .isInstanceOfSatisfying(
                        RetryableFetchException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Optional.of(Duration.ofSeconds(3))));
        assertThat(server.requests()).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void retriesARefusedConnection() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        FetchOptions twice = FetchOptions.defaults().withRetry(RetryPolicy.FLUX.withRetries(2));
        assertThatThrownBy(() -> fetcher(twice).fetch("http://127.0.0.1:" + port + "/a", DIGEST, target))
                .isInstanceOf(RetryableFetchException.class);
        assertThat(waits).isEqualTo(seconds(5, 10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nan artifact",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nan artifact\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nan artifact\r\n0\r\n\r\n"
            })
    void retriesABrokenResponse(String answer) throws IOException {
        server.then(raw(answer));
        // the client itself repeats a request whose connection was closed without any response
        server.then(raw(answer));
        server.then(raw(answer));
        server.then(ok(BODY));
        fetch();
        assertThat(target).hasContent(BODY);
        assertThat(waits).isNotEmpty();
    }

    @Test
    void refusesContentWithAnotherDigest() throws IOException {
        Files.writeString(target, "what was there before");
        server.then(ok("another artifact"));
        assertThatThrownBy(this::fetch).isInstanceOf(DigestMismatchException.class);
        assertThat(target).hasContent("what was there before");
        assertThat(waits).isEmpty();
    }

    @Test
    void requiresADigestBeforeAnyRequest() {
        ArtifactFetcher fetcher = fetcher(FetchOptions.defaults());
        assertThatThrownBy(() -> fetcher.fetch(server.url("/a"), "", target))
                .isInstanceOf(MissingDigestException.class);
        assertThatThrownBy(() -> fetcher.fetch(server.url("/a"), "sha256:xyz", target))
                .isInstanceOf(UnparsableDigestException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theSizeLimitCountsBytesInsteadOfHeaders() throws IOException {
        FetchOptions limited =
                FetchOptions.defaults().withLimits(FetchLimits.none().withMaxBytes(BODY.length()));
        server.then(ok(BODY));
        fetch(limited);
        server.then(endless("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
        assertThatThrownBy(() -> fetch(limited))
                .isInstanceOf(FetchException.class)
                .isNotInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("limit of 11 bytes");
    }

    @Test
    void doesNotReadTheBodyOfAnErrorToItsEnd() {
        server.then(endless("HTTP/1.1 403 No\r\nConnection: close\r\n\r\n"));
        assertThatThrownBy(this::fetch).isInstanceOf(FetchException.class).hasMessageContaining("HTTP 403");
    }

    @Test
    void followsRedirects() throws IOException {
        server.then(status(302, "Location: /b"));
        server.then(status(307, "Location: " + server.url("/c?x=1")));
        server.then(ok(BODY));
        fetch();
        assertThat(target).hasContent(BODY);
        assertThat(server.requests().get(2).get(0)).isEqualTo("GET /c?x=1 HTTP/1.1");
    }

    @Test
    void failsAfterTenRedirects() {
        for (int i = 0; i < 20; i++) {
            server.then(status(301, "Location: /again"));
        }
        assertThatThrownBy(this::fetch)
                .isInstanceOf(FetchException.class)
                .isNotInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("10 redirects");
        assertThat(server.requests()).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/a", "jar:http://x!/", "http://", "http:///a", ":"})
    void refusesInvalidUrlsAndRedirectTargets(String url) {
        ArtifactFetcher fetcher = fetcher(FetchOptions.defaults());
        assertThatThrownBy(() -> fetcher.fetch(url, DIGEST, target)).isInstanceOf(FetchException.class);
        server.then(status(302, "Location: " + url));
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void timesOutOnASilentServer() {
        server.then(server.stall(""));
        FetchOptions impatient = FetchOptions.defaults()
                .withTimeouts(new FetchTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMinutes(5)))
                .withRetry(RetryPolicy.FLUX.withRetries(0));
        assertThatThrownBy(() -> fetch(impatient))
                .isInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("received no data for 200 ms");
    }

    /** The JDK's connect timeout includes the TLS handshake; this test detects a change in a later JDK. */
    @Test
    void theConnectTimeoutIncludesTheTlsHandshake() throws IOException {
        FetchOptions impatient = FetchOptions.defaults()
                .withTimeouts(new FetchTimeouts(Duration.ofMillis(300), Duration.ofMinutes(1), Duration.ofMinutes(5)))
                .withRetry(RetryPolicy.FLUX.withRetries(0));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "https://127.0.0.1:" + silent.getLocalPort() + "/a.tar.gz";
            long begun = System.nanoTime();
            assertThatThrownBy(() -> fetcher(impatient).fetch(url, DIGEST, target))
                    .hasMessage("download of '" + url
                            + "' failed: no connection to the host within 300 ms, including name lookup and TLS"
                            + " handshake")
                    .asInstanceOf(InstanceOfAssertFactories.type(RetryableFetchException.class))
                    .matches(RetryableFetchException::isUnreachable);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(50));
        }
    }

    @Test
    void theDefaultConnectTimeoutIsShorterThanTheIdleTimeout() {
        assertThat(FetchOptions.defaults().timeouts().connect()).isEqualTo(Duration.ofSeconds(10));
        assertThat(FetchOptions.defaults().timeouts().idle()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void timesOutOnABodyThatStops() {
        server.then(server.stall("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nan"));
        FetchOptions impatient = FetchOptions.defaults()
                .withTimeouts(new FetchTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMinutes(5)))
                .withRetry(RetryPolicy.FLUX.withRetries(0));
        assertThatThrownBy(() -> fetch(impatient))
                .isInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("received no data");
    }

    @Test
    void endsADownloadBelowTheMinimumRate() {
        CountDownLatch over = new CountDownLatch(1);
        server.then(out -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 2_000 && !awaited(over); i++) {
                out.write('x');
                out.flush();
            }
        });
        FetchOptions demanding = FetchOptions.defaults()
                .withLimits(FetchLimits.none().withMinimumRate(new MinimumRate(1 << 20, Duration.ofMillis(200))))
                .withRetry(RetryPolicy.FLUX.withRetries(0));
        assertThatThrownBy(() -> fetch(demanding))
                .isInstanceOf(RetryableFetchException.class)
                .hasMessageEndingWith("is slower than the minimum of 1048576 bytes per second")
                .asInstanceOf(InstanceOfAssertFactories.type(RetryableFetchException.class))
                .matches(RetryableFetchException::isTooSlow);
        over.countDown();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Test
    void doesNotFollowARedirectToAUrlThatIsNotAllowed() throws IOException {
        FetchOptions limited = FetchOptions.defaults()
                .withLimits(FetchLimits.none().withAllowedUrls(AllowedUrls.prefixes(List.of(server.url("/inside")))));
        server.then(status(302, "Location: /outside?secret"));
        assertThatThrownBy(() -> fetcher(limited).fetch(server.url("/inside/a"), DIGEST, target))
                .isInstanceOf(UrlNotAllowedException.class)
                .hasMessage("cannot download '" + server.url("/inside/a")
                        + "': the redirect target does not start with an allowed prefix");
        assertThat(server.requests()).hasSize(1);
        assertThatThrownBy(() -> fetcher(limited).fetch(server.url("/outside"), DIGEST, target))
                .isInstanceOf(UrlNotAllowedException.class)
                .hasMessageContaining("/outside': the URL does not");
        assertThat(server.requests()).hasSize(1);

        server.then(status(302, "Location: /inside/b"));
        server.then(ok(BODY));
        fetcher(limited).fetch(server.url("/inside/a"), DIGEST, target);
        assertThat(target).hasContent(BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2 secret\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: secret\r\n\r\n",
                "HTTP/1.1 secret\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsecret\r\n"
            })
    void messagesRevealNeitherRedirectTargetsNorResponses(String answer) {
        for (int i = 0; i < 3; i++) { // the client itself repeats a request
            server.then(status(302, "Location: /secret"));
            server.then(raw(answer));
        }
        assertThatThrownBy(() -> fetch(FetchOptions.defaults().withRetry(RetryPolicy.FLUX.withRetries(0))))
                .isInstanceOf(FetchException.class)
                .hasMessageNotContaining("secret")
                .hasMessageContaining(server.url("/"));
    }

    @Test
    void distinguishesARefusedConnectionFromABadResponse() throws IOException {
        FetchOptions once = FetchOptions.defaults().withRetry(RetryPolicy.FLUX.withRetries(0));
        server.then(status(503));
        assertThatThrownBy(() -> fetch(once))
                .asInstanceOf(InstanceOfAssertFactories.type(RetryableFetchException.class))
                .matches(e -> !e.isUnreachable());
        try (Socket reserved = new Socket()) {
            // bound and not listening: refused, and no other process gets the port meanwhile
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String url = "http://127.0.0.1:%d/a.tar.gz".formatted(reserved.getLocalPort());
            assertThatThrownBy(() -> fetcher(once).fetch(url, DIGEST, target))
                    .asInstanceOf(InstanceOfAssertFactories.type(RetryableFetchException.class))
                    .matches(RetryableFetchException::isUnreachable);
        }
    }

    @Test
    void theDeadlineEndsADownload() {
        server.then(endless("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
        assertThatThrownBy(() -> fetcher(FetchOptions.defaults())
                        .fetch(server.url("/a"), DIGEST, target, Deadline.after(Duration.ofMillis(300))))
                .isInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("timed out");
    }

    @Test
    void anInterruptEndsADownload() throws IOException {
        server.then(server.stall("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nan"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::fetch).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFullDiskIsNotRetried() {
        server.then(ok(BODY));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() ->
                        fetcher(FetchOptions.defaults()).attempt(server.url("/a"), DIGEST, full, Deadline.never()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FetchException.class)
                .hasMessage("No space left on device");
    }

    @Test
    void replacesTheHostFromTheEnvironment() throws IOException {
        server.then(ok(BODY));
        FetchOptions options = FetchOptions.fromEnvironment(Map.of("SOURCE_CONTROLLER_LOCALHOST", server.authority()));
        fetcher(options).fetch("http://u:p@source-controller.flux-system.svc.cluster.local./a?b", DIGEST, target);
        assertThat(target).hasContent(BODY);
        assertThat(server.requests().get(0).get(0)).isEqualTo("GET /a?b HTTP/1.1");
        assertThat(server.requests().get(0)).noneMatch(line -> line.startsWith("Authorization"));
    }

    @Test
    void usesTheProxyFromTheEnvironment() throws IOException {
        server.then(ok(BODY));
        FetchOptions options = FetchOptions.fromEnvironment(Map.of("http_proxy", server.authority()));
        fetcher(options).fetch("http://artifacts.example/a", DIGEST, target);
        assertThat(server.requests().get(0).get(0)).isEqualTo("GET http://artifacts.example/a HTTP/1.1");
    }

    @Test
    void sendsCredentialsToTheProxy() throws IOException {
        server.then(ok(BODY));
        FetchOptions options =
                FetchOptions.fromEnvironment(Map.of("HTTP_PROXY", "http://user:secret@" + server.authority()));
        fetcher(options).fetch("http://artifacts.example/a", DIGEST, target);
        String credentials = Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(server.requests().get(0)).contains("Proxy-Authorization: Basic " + credentials);
    }

    @Test
    void messagesDoNotContainCredentials() {
        server.then(status(403));
        String url = "http://user:s3cret@" + server.authority() + "/a?token=s3cret";
        assertThatThrownBy(() -> fetcher(FetchOptions.defaults()).fetch(url, DIGEST, target))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining(server.url("/a"))
                .hasMessageNotContaining("s3cret");
        assertThat(server.requests().get(0)).anyMatch(line -> line.startsWith("Authorization: Basic "));
        assertThatThrownBy(() -> fetcher(FetchOptions.defaults()).fetch("http://u:s3cret@/ x", DIGEST, target))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void doesNotWriteToTheSinkAfterAFailure() throws IOException {
        server.then(endless("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        assertThatThrownBy(() -> fetcher(FetchOptions.defaults()
                                .withLimits(FetchLimits.none().withMaxBytes(100_000)))
                        .attempt(server.url("/a"), DIGEST, sink, Deadline.never()))
                .isInstanceOf(FetchException.class);
        assertThat(sink.size()).isLessThanOrEqualTo(100_000);
    }
}
