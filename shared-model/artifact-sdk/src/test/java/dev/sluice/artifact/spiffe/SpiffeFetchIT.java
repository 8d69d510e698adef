package dev.sluice.artifact.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.fetch.AllowedUrls;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchException;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.fetch.RetryableFetchException;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.server.CanaryVolume;
import dev.sluice.artifact.server.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from the SDK's artifact server; both sides have an SVID of a Workload API. */
@Timeout(120)
class SpiffeFetchIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final TrustDomain domain = new TrustDomain("own.org");
    private FakeWorkloadApi serverApi;
    private FakeWorkloadApi clientApi;
    private WorkloadIdentity serverIdentity;
    private WorkloadIdentity clientIdentity;
    private SpiffeTls serverTls;
    private ArtifactServer server;

    @BeforeEach
    void start() throws IOException {
        serverApi = FakeWorkloadApi.open(directory.resolve("server.sock"));
        clientApi = FakeWorkloadApi.open(directory.resolve("client.sock"));
        serverIdentity = WorkloadIdentity.open(serverApi.address());
        clientIdentity = WorkloadIdentity.open(clientApi.address());
        serverTls = SpiffeTls.of(serverIdentity, AuthorizedSpiffeIds.parse(List.of("spiffe://self/client/")));
        CanaryVolume volume = CanaryVolume.create(directory);
        server = ArtifactServer.open(
                ArtifactServerOptions.of(volume.base(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withTls(serverTls));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        serverIdentity.close();
        clientIdentity.close();
        serverApi.close();
        clientApi.close();
    }

    private void fetch(String authorizedServer) throws IOException {
        fetch(fetcher(authorizedServer));
    }

    private ArtifactFetcher fetcher(String authorizedServer) {
        return new ArtifactFetcher(options(authorizedServer));
    }

    private FetchOptions options(String authorizedServer) {
        return FetchOptions.defaults()
                .withRetry(RetryPolicy.FLUX.withRetries(0))
                .withAccess(FetchAccess.open().withSpiffe(clientTls(authorizedServer)));
    }

    private SpiffeTls clientTls(String authorizedServer) {
        return SpiffeTls.of(clientIdentity, AuthorizedSpiffeIds.parse(List.of(authorizedServer)));
    }

    private void fetch(ArtifactFetcher fetcher) throws IOException {
        fetch(fetcher, "http://127.0.0.1:" + server.address().getPort() + CanaryVolume.ARTIFACT);
    }

    private void fetch(ArtifactFetcher fetcher, String url) throws IOException {
        Path target = directory.resolve("downloaded");
        String digest =
                Digest.ofBytes(DigestAlgorithm.SHA256, CanaryVolume.content()).toString();
        // the address in a status keeps its scheme
        fetcher.fetch(url, digest, target);
        assertThat(target).hasBinaryContent(CanaryVolume.content());
        Files.delete(target);
    }

    private void bothHaveSvids() throws IOException {
        publish(serverApi, serverIdentity, domain.update("/server"));
        publish(clientApi, clientIdentity, domain.update("/client/a"));
    }

    /** Publishes an update and waits until it is used. */
    private static void publish(FakeWorkloadApi api, WorkloadIdentity identity, byte[] update) throws IOException {
        X509Context before = identity.current();
        api.publish(update);
        await().atMost(LIMIT).until(() -> !Objects.equals(identity.current(), before));
    }

    @Test
    void downloadsFromAnHttpUrlOverMutualTls() throws IOException {
        bothHaveSvids();
        fetch("spiffe://own.org/server");
        fetch("spiffe://self");
    }

    @Test
    void eachSideSendsItsIntermediateAuthority() throws IOException {
        publish(serverApi, serverIdentity, domain.updateWithIntermediate("/server"));
        publish(clientApi, clientIdentity, domain.updateWithIntermediate("/client/a"));
        fetch("spiffe://self/server");
    }

    /** As in the URLs of Flux's controllers, which avoid the search domains of the resolver. */
    @Test
    void downloadsFromAnAbsoluteHostName() throws IOException {
        bothHaveSvids();
        fetch(fetcher("spiffe://self"), "http://localhost.:" + server.address().getPort() + CanaryVolume.ARTIFACT);
    }

    /** The allowed prefixes are those of the URLs in statuses, before the change to TLS. */
    @Test
    void followsARelativeRedirectToAnAllowedUrl() throws IOException {
        bothHaveSvids();
        HttpsServer redirecting = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        redirecting.setHttpsConfigurator(new HttpsConfigurator(serverTls.context()));
        redirecting.createContext("/moved/", exchange -> {
            exchange.getResponseHeaders().set("Location", "../artifact");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        redirecting.createContext("/artifact", exchange -> {
            exchange.sendResponseHeaders(200, CanaryVolume.content().length);
            exchange.getResponseBody().write(CanaryVolume.content());
            exchange.close();
        });
        redirecting.start();
        String origin = "http://127.0.0.1:" + redirecting.getAddress().getPort();
        FetchOptions allowed = options("spiffe://self");
        ArtifactFetcher fetcher =
                new ArtifactFetcher(allowed.withLimits(allowed.limits().withAllowedUrls(AllowedUrls.parse(origin))));
        try {
            fetch(fetcher, origin + "/moved/artifact");
        } finally {
            redirecting.stop(0);
        }
    }

    @Test
    void hasNoConnectionWithoutAnSvid() throws IOException {
        assertThat(serverTls.state().usable()).isFalse();
        assertThat(serverTls.state().detail()).contains("waiting for an X.509-SVID from the Workload API at unix://");
        assertThatThrownBy(() -> fetch("spiffe://self"))
                .isInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("no usable TLS certificates");
        publish(clientApi, clientIdentity, domain.update("/client/a"));
        assertThatThrownBy(() -> fetch("spiffe://self")).isInstanceOf(RetryableFetchException.class);
    }

    @Test
    void refusesAnUnauthorizedServer() throws IOException {
        bothHaveSvids();
        assertThatThrownBy(() -> fetch("spiffe://self/other"))
                .isExactlyInstanceOf(FetchException.class)
                .hasMessageContaining("the peer's SPIFFE ID \"spiffe://own.org/server\" is not authorized; expected"
                        + " spiffe://self/other (the own ID is \"spiffe://own.org/client/a\")");
    }

    @Test
    void isRefusedAsAnUnauthorizedClient() throws IOException {
        bothHaveSvids();
        publish(clientApi, clientIdentity, domain.update("/intruder"));
        assertThatThrownBy(() -> fetch("spiffe://self"))
                .isInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("offered TLSv1.3 with SPIFFE ID \"spiffe://own.org/intruder\"");
    }

    @Test
    void hasNoPlainAnswer() throws IOException {
        bothHaveSvids();
        try (Socket plain =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP");
        }
    }

    /** First the bundles with both authorities, then SVIDs of the new one, then the bundles without the former one. */
    @Test
    void authoritiesAreReplacedWithoutAFailedDownloadAndAFormerOneIsRefused() throws IOException {
        bothHaveSvids();
        TrustDomain next = new TrustDomain("own.org");
        for (TrustDomain issuer : List.of(domain, next)) {
            publish(
                    serverApi,
                    serverIdentity,
                    issuer.update("/server", issuer.issue("/server"), List.of(domain, next), List.of()));
            fetch("spiffe://self");
            publish(
                    clientApi,
                    clientIdentity,
                    issuer.update("/client/a", issuer.issue("/client/a"), List.of(domain, next), List.of()));
            fetch("spiffe://self");
        }
        publish(serverApi, serverIdentity, next.update("/server"));
        fetch("spiffe://self");
        publish(
                clientApi,
                clientIdentity,
                domain.update("/client/a", domain.issue("/client/a"), List.of(domain, next), List.of()));
        assertThatThrownBy(() -> fetch("spiffe://self")).hasMessageContaining("check whether the host authorizes it");
    }

    /** A session that is resumed would not be verified. */
    @Test
    void verifiesEachServerAndClientBecauseNoSessionIsResumed() throws IOException, GeneralSecurityException {
        bothHaveSvids();
        AtomicInteger verified = new AtomicInteger();
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(
                new KeyManager[] {new SvidKeyManager(Objects.requireNonNull(clientIdentity.current()))},
                new TrustManager[] {new Counting(verified)},
                null);
        for (int i = 0; i < 3; i++) {
            try (RawHttp http = RawHttp.overTls(server.address(), client)) {
                assertThat(status(http)).isEqualTo(200);
            }
        }
        assertThat(verified).hasValue(3);
    }

    private record Counting(AtomicInteger verified) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            verified.incrementAndGet();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static int status(RawHttp http) throws IOException {
        http.send("GET", CanaryVolume.ARTIFACT);
        return http.receive("GET").status();
    }

    @Test
    void aKeptConnectionEndsWhenTheClientsAuthorityIsRevoked() throws IOException {
        bothHaveSvids();
        try (RawHttp http =
                RawHttp.overTls(server.address(), clientTls("spiffe://self").context())) {
            assertThat(status(http)).isEqualTo(200);
            publish(serverApi, serverIdentity, new TrustDomain("own.org").update("/server"));
            await().atMost(LIMIT).until(() -> isClosed(http));
        }
    }

    /** Otherwise the next change, which may remove the client's authority, would close it without a response. */
    @Test
    void theFirstResponseAfterAChangeEndsAKeptConnection() throws IOException {
        bothHaveSvids();
        try (RawHttp http =
                RawHttp.overTls(server.address(), clientTls("spiffe://self").context())) {
            assertThat(status(http)).isEqualTo(200);
            publish(serverApi, serverIdentity, domain.update("/server"));
            http.send("GET", CanaryVolume.ARTIFACT);
            assertThat(http.receive("GET").header("Connection")).isEqualTo("close");
        }
    }

    private static boolean isClosed(RawHttp http) {
        try {
            assertThat(status(http)).isEqualTo(200);
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void usesNoConnectionToAServerWhoseAuthorityIsRevoked() throws IOException {
        bothHaveSvids();
        ArtifactFetcher fetcher = fetcher("spiffe://self");
        fetch(fetcher);
        publish(clientApi, clientIdentity, new TrustDomain("own.org").update("/client/a"));
        assertThatThrownBy(() -> fetch(fetcher))
                .isExactlyInstanceOf(FetchException.class)
                .hasMessageContaining("was not issued by a current authority of trust domain \"own.org\"");
    }

    @Test
    void usesTheLastSvidWhileTheWorkloadApiIsAwayUntilItExpires() throws IOException {
        bothHaveSvids();
        serverApi.close();
        clientApi.refuse(7, "no identity issued");
        await().atMost(LIMIT).until(() -> !serverIdentity.problem().isEmpty());
        await().atMost(LIMIT).until(() -> clientIdentity.problem().contains("gRPC status 7 (no identity issued)"));
        fetch("spiffe://self");

        Instant now = Instant.now();
        serverApi = FakeWorkloadApi.open(directory.resolve("server.sock"));
        publish(
                serverApi,
                serverIdentity,
                domain.update(
                        "/server", domain.issue("/server", now.minusSeconds(60), now), List.of(domain), List.of()));
        assertThat(serverTls.state().usable()).isFalse();
        assertThat(serverTls.state().detail()).contains("X.509-SVID \"spiffe://own.org/server\" expired at ");

        publish(serverApi, serverIdentity, domain.update("/server"));
        fetch("spiffe://self");
    }
}
