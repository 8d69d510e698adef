package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.server.RawHttp;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import dev.sluice.artifact.spiffe.FakeWorkloadApi;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.TrustDomain;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The artifact port with an SVID, for clients with authorized SPIFFE IDs. */
@Timeout(300)
class SpiffeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final byte[] ARTIFACT = new byte[600_000];

    @TempDir
    Path directory;

    private TrustDomain domain = new TrustDomain("own.org");
    private FakeWorkloadApi serverApi;
    private FakeWorkloadApi clientApi;
    private WorkloadIdentity client;
    private String digest;
    private Path volume;
    private @Nullable RunningServer running;

    @BeforeEach
    void start() throws IOException {
        new Random(5).nextBytes(ARTIFACT);
        digest = Digest.ofBytes(DigestAlgorithm.SHA256, ARTIFACT).toString();
        volume = directory.resolve("volume");
        RunningServer.identify(volume, "spiffe");
        Files.write(volume.resolve("a.tar.gz"), ARTIFACT);
        serverApi = FakeWorkloadApi.open(directory.resolve("server.sock"));
        clientApi = FakeWorkloadApi.open(directory.resolve("client.sock"));
        client = WorkloadIdentity.open(clientApi.address());
        clientApi.publish(domain.update("/client"));
        await().atMost(LIMIT).until(() -> tls().state().usable());
    }

    private RunningServer server() {
        return Objects.requireNonNull(running, "not started");
    }

    private void serve(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--authorized-artifact-client-spiffe-id=spiffe://other.org/client");
        arguments.add("--authorized-artifact-client-spiffe-id=spiffe://self/client");
        arguments.add("--spiffe-endpoint-socket=" + serverApi.address());
        running = RunningServer.startUnidentified(volume, arguments.toArray(String[]::new));
    }

    private void serveWithSvid(String... more) throws IOException {
        serve(more);
        serverApi.publish(domain.update("/server"));
        await().atMost(LIMIT).until(() -> server().management("/readyz").statusCode() == 200);
    }

    @AfterEach
    void stop() throws IOException {
        if (running != null) {
            running.close();
        }
        client.close();
        serverApi.close();
        clientApi.close();
    }

    private SpiffeTls tls() {
        return SpiffeTls.of(client, AuthorizedSpiffeIds.parse(List.of("spiffe://self/server")));
    }

    private ArtifactFetcher fetcher() {
        return new ArtifactFetcher(FetchOptions.defaults()
                .withRetry(RetryPolicy.FLUX.withRetries(0))
                .withAccess(FetchAccess.open().withSpiffe(tls())));
    }

    private void fetch(ArtifactFetcher fetcher) throws IOException {
        fetch(fetcher, server());
    }

    private void fetch(ArtifactFetcher fetcher, RunningServer from) throws IOException {
        Path target = Files.createTempFile(directory, "downloaded", "");
        fetcher.fetch("http://127.0.0.1:" + from.address().getPort() + "/a.tar.gz", digest, target);
        Files.delete(target);
    }

    private void publishToServer(byte[] update, Instant expires) throws IOException {
        serverApi.publish(update);
        await().atMost(LIMIT)
                .until(() -> server().management("/metrics")
                        .body()
                        .contains("sluice_tls_certificate_expiration_timestamp_seconds "
                                + (double) expires.getEpochSecond()));
    }

    @Test
    void isNotReadyWithoutAnSvidAndThenServesAuthorizedClientsOnly() throws IOException {
        serve();
        assertThat(server().management("/readyz").statusCode()).isEqualTo(503);
        assertThat(server().management("/healthz").statusCode()).isEqualTo(200);
        assertThat(server().management("/actuator/health").body())
                .contains("waiting for an X.509-SVID from the Workload API at unix://");
        assertThatThrownBy(() -> fetch(fetcher())).isInstanceOf(IOException.class);
        assertThat(plainAnswer()).isEmpty();

        serverApi.publish(domain.update("/server"));
        await().atMost(LIMIT).until(() -> server().management("/readyz").statusCode() == 200);
        fetch(fetcher());
        assertThat(plainAnswer()).isEmpty();

        clientApi.publish(domain.update("/intruder"));
        await().atMost(LIMIT).until(() -> tls().state().detail().contains("/intruder"));
        assertThatThrownBy(() -> fetch(fetcher()))
                .hasMessageContaining("the host refused it with the alert ")
                .hasMessageContaining("offered TLSv1.3 with SPIFFE ID \"spiffe://own.org/intruder\"");

        Instant now = Instant.now();
        serverApi.publish(domain.update(
                "/server", domain.issue("/server", now.minusSeconds(60), now), List.of(domain), List.of()));
        await().atMost(LIMIT).until(() -> server().management("/readyz").statusCode() == 503);
    }

    private byte[] plainAnswer() throws IOException {
        try (Socket socket =
                new Socket(server().address().getAddress(), server().address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /a.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            return new byte[0];
        }
    }

    @Test
    void noDownloadFailsWhileSvidsAndAuthoritiesAreReplaced() throws Exception {
        downloadWhileRotating(4, Duration.ZERO);
    }

    @Test
    @Tag("soak")
    void noDownloadFailsForAMinute() throws Exception {
        downloadWhileRotating(30, Duration.ofSeconds(2));
    }

    /** Replaces the authority at each rotation: first the bundles have the next one, then SVIDs are of it. */
    private void downloadWhileRotating(int rotations, Duration pause) throws Exception {
        serveWithSvid();
        SSLContext context = tls().context();
        ArtifactFetcher fetcher = fetcher();
        try (DownloadLoad load = new DownloadLoad(
                () -> fetch(fetcher),
                DownloadLoad.keeping(server().address(), context, ARTIFACT),
                DownloadLoad.connecting(server().address(), context, ARTIFACT),
                DownloadLoad.connecting(server().address(), context, ARTIFACT))) {
            for (int i = 0; i < rotations; i++) {
                TrustDomain next = new TrustDomain("own.org");
                rotate(domain, List.of(domain, next), i * 2);
                // connections that began before do not know the next authority
                load.awaitMore();
                rotate(next, List.of(domain, next), i * 2 + 1);
                domain = next;
                await().pollDelay(pause).atMost(LIMIT).until(() -> true);
                load.awaitMore();
            }
            load.end();
            System.out.println(2 * rotations + " rotations, " + load.downloads() + " downloads, none failed");
        }
    }

    private void rotate(TrustDomain issuer, List<TrustDomain> bundle, int number) throws IOException {
        Instant now = Instant.now();
        Instant expires = Instant.ofEpochSecond(now.getEpochSecond() + 3600 + number);
        publishToServer(
                issuer.update("/server", issuer.issue("/server", now.minusSeconds(60), expires), bundle, List.of()),
                expires);
        clientApi.publish(
                issuer.update("/client", issuer.issue("/client", now.minusSeconds(60), expires), bundle, List.of()));
        await().atMost(LIMIT)
                .until(() -> tls().state().expires().filter(expires::equals).isPresent());
    }

    @Test
    void aKeptConnectionEndsAfterARotationAndAtOnceWhenTheClientsAuthorityIsRevoked() throws IOException {
        serveWithSvid();
        TrustDomain next = new TrustDomain("own.org");
        try (RawHttp http = RawHttp.overTls(server().address(), tls().context())) {
            assertThat(get(http).header("Connection")).isEmpty();
            serverApi.publish(domain.update("/server", domain.issue("/server"), List.of(domain, next), List.of()));
            await().atMost(LIMIT).until(() -> get(http).header("Connection").equals("close"));
        }
        try (RawHttp http = RawHttp.overTls(server().address(), tls().context())) {
            assertThat(get(http).status()).isEqualTo(200);
            serverApi.publish(next.update("/server"));
            await().atMost(LIMIT).until(() -> isRefused(http));
        }
    }

    /** The server has chosen its authorities when it begins the handshake, and the client can wait with its request. */
    @Test
    void refusesTheFirstRequestOfAClientWhoseAuthorityWasRevokedAfterTheHandshake() throws IOException {
        serveWithSvid();
        try (SSLSocket socket = (SSLSocket) tls().context()
                .getSocketFactory()
                .createSocket(
                        server().address().getAddress(), server().address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.startHandshake();
            TrustDomain next = new TrustDomain("own.org");
            Instant expires = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 1800);
            Instant start = Instant.now().minusSeconds(60);
            publishToServer(
                    next.update("/server", next.issue("/server", start, expires), List.of(next), List.of()), expires);
            assertThat(firstByte(socket)).isNegative();
        }
    }

    /** Returns a negative number if there is no response. */
    private static int firstByte(SSLSocket socket) {
        try {
            socket.getOutputStream()
                    .write("GET /a.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read();
        } catch (IOException closed) {
            return -1;
        }
    }

    private static RawHttp.Reply get(RawHttp http) throws IOException {
        http.send("GET", "/a.tar.gz");
        return http.receive("GET");
    }

    private static boolean isRefused(RawHttp http) {
        try {
            assertThat(get(http).header("Connection")).isEmpty();
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void handshakesThatNeverEndDelayNobodyAndAreClosed() throws IOException {
        serveDuringHandshakesThatNeverEnd(100);
    }

    @Test
    @Tag("soak")
    void aThousandHandshakesThatNeverEndOccupyLittleMemory() throws IOException {
        System.out.println("heap of 1,000 handshakes that never end: "
                + serveDuringHandshakesThatNeverEnd(1000) / 1_000_000 + " MB");
    }

    /** Returns the number of bytes of heap that they occupy. */
    private long serveDuringHandshakesThatNeverEnd(int count) throws IOException {
        serveWithSvid("--server.tomcat.connection-timeout=5s");
        fetch(fetcher());
        long before = usedHeap();
        long used;
        try (UnfinishedHandshakes unfinished = new UnfinishedHandshakes(server().address(), tls().context())) {
            for (int i = 0; i < 10; i++) {
                unfinished.open(count / 10);
                fetch(fetcher());
            }
            used = usedHeap() - before;
            unfinished.awaitEnd();
        }
        assertThat(used).isLessThan(count * 200_000L);
        fetch(fetcher());
        return used;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** The order in docs/deploy.md: plain HTTP and mutual TLS together, the clients one after another, then only mutual TLS. */
    @Test
    void noDownloadFailsWhileServersAndClientsMigrateFromPlainHttp() throws Exception {
        RunningServer plain = RunningServer.startUnidentified(volume);
        await().atMost(LIMIT).until(() -> plain.management("/readyz").statusCode() == 200);
        ArtifactFetcher before =
                new ArtifactFetcher(FetchOptions.defaults().withRetry(RetryPolicy.FLUX.withRetries(0)));
        AtomicBoolean firstMigrated = new AtomicBoolean();
        AtomicBoolean secondMigrated = new AtomicBoolean();
        ArtifactFetcher after = fetcher();
        try (DownloadLoad load = new DownloadLoad(
                () -> fetch(firstMigrated.get() ? after : before, firstMigrated.get() ? server() : plain),
                () -> fetch(secondMigrated.get() ? after : before, secondMigrated.get() ? server() : plain))) {
            load.awaitMore();
            serveWithSvid();
            load.awaitMore();
            firstMigrated.set(true);
            load.awaitMore();
            secondMigrated.set(true);
            load.awaitMore();
            plain.close();
            load.awaitMore();
            load.end();
        } finally {
            plain.close();
        }
    }
}
