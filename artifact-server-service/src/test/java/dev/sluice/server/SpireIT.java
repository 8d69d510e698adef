package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchException;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The artifact port and the SDK's downloads with SVIDs of SPIRE, and a client and a server on go-spiffe, as Flux's
 * controllers are. SVIDs are valid for twelve seconds, so the agent replaces them every six.
 */
@Timeout(300)
class SpireIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final byte[] ARTIFACT = new byte[3_000_000];

    @TempDir
    static Path directory;

    private static Spire spire;
    private static RunningServer server;
    private static WorkloadIdentity own;
    private static String digest;

    @BeforeAll
    static void start() throws IOException {
        String programs = System.getenv().getOrDefault("SLUICE_SPIFFE", "");
        boolean available = !programs.isEmpty() && Files.isExecutable(Path.of(programs, "spire-agent"));
        if (!available) {
            System.out.println("SKIPPED: SLUICE_SPIFFE does not name SPIRE; mutual TLS is tested without it");
        }
        assumeTrue(available, "SLUICE_SPIFFE does not name SPIRE");
        new Random(5).nextBytes(ARTIFACT);
        digest = Digest.ofBytes(DigestAlgorithm.SHA256, ARTIFACT).toString();
        spire = Spire.start(Path.of(programs), directory);
        spire.register("/server", Path.of("/proc/self/exe").toRealPath());
        spire.register("/client", spire.peer());
        Path volume = directory.resolve("volume");
        Files.createDirectories(volume);
        Files.write(volume.resolve("a.tar.gz"), ARTIFACT);
        server = RunningServer.start(
                volume,
                "--authorized-artifact-client-spiffe-id=spiffe://self/client",
                "--spiffe-endpoint-socket=" + spire.address());
        own = WorkloadIdentity.open(spire.address());
        await().atMost(LIMIT).until(() -> tls("spiffe://self").state().usable());
    }

    @AfterAll
    static void stop() throws IOException {
        if (spire != null) {
            own.close();
            server.close();
            spire.close();
        }
    }

    private static SpiffeTls tls(String authorized) {
        return tls(own, authorized);
    }

    private static SpiffeTls tls(WorkloadIdentity identity, String authorized) {
        return SpiffeTls.of(identity, AuthorizedSpiffeIds.parse(List.of(authorized)));
    }

    private static String url() {
        return "https://127.0.0.1:" + server.address().getPort() + "/a.tar.gz";
    }

    @Test
    void aGoClientDownloadsWhileSvidsAreReplaced() throws IOException {
        Set<Instant> expirations = new HashSet<>();
        try (Spire.Program client =
                spire.run("fetch", "-id", "spiffe://sluice.test/server", "-for", "8s", "-keep", url())) {
            while (client.isRunning()) {
                tls("spiffe://self").state().expires().ifPresent(expirations::add);
                client.awaitEnd(Duration.ofMillis(200));
            }
            assertThat(client.output()).contains("failures=0 " + digest);
        }
        assertThat(expirations).hasSizeGreaterThan(1);
    }

    @Test
    void aGoClientThatExpectsAnotherServerRefusesOurs() throws IOException {
        try (Spire.Program client = spire.run("fetch", "-id", "spiffe://sluice.test/other", url())) {
            client.awaitEnd(LIMIT);
            assertThat(client.output()).contains("failures=1", "spiffe://sluice.test/server");
        }
    }

    @Test
    void aServerForOthersRefusesTheGoClient() throws IOException {
        Path volume = Files.createDirectory(directory.resolve("others"));
        Files.write(volume.resolve("a.tar.gz"), ARTIFACT);
        try (RunningServer others = RunningServer.start(
                        volume,
                        "--authorized-artifact-client-spiffe-id=spiffe://self/client/",
                        "--spiffe-endpoint-socket=" + spire.address());
                Spire.Program client = spire.run(
                        "fetch",
                        "-id",
                        "spiffe://sluice.test/server",
                        "https://127.0.0.1:" + others.address().getPort() + "/a.tar.gz")) {
            client.awaitEnd(LIMIT);
            assertThat(client.output()).contains("failures=1", "remote error: tls: ");
        }
    }

    @Test
    void downloadsFromAGoServer() throws IOException {
        Path served = Files.write(directory.resolve("served"), ARTIFACT);
        try (Spire.Program go = spire.run("serve", "-id", "spiffe://sluice.test/server", "-file", served.toString())) {
            String address = "http://127.0.0.1:" + go.firstLine() + "/a.tar.gz";
            Path target = directory.resolve("fetched");
            fetcher("spiffe://self/client").fetch(address, digest, target);
            assertThat(target).hasBinaryContent(ARTIFACT);
            assertThatThrownBy(() -> fetcher("spiffe://self/other").fetch(address, digest, target))
                    .isExactlyInstanceOf(FetchException.class)
                    .hasMessageContaining("the peer's SPIFFE ID \"spiffe://sluice.test/client\" is not authorized;"
                            + " expected spiffe://self/other (the own ID is \"spiffe://sluice.test/server\")");
        }
    }

    private static ArtifactFetcher fetcher(String authorized) {
        return fetcher(tls(authorized));
    }

    private static ArtifactFetcher fetcher(SpiffeTls tls) {
        return new ArtifactFetcher(FetchOptions.defaults()
                .withRetry(RetryPolicy.FLUX.withRetries(0))
                .withAccess(FetchAccess.open().withSpiffe(tls)));
    }

    @Test
    void isUsableByOpensslAndRefusesItWithoutAnSvid() throws IOException {
        boolean installed = Files.isExecutable(Path.of("/usr/bin/openssl"));
        assumeTrue(installed, "openssl is not installed");
        Path files = Files.createDirectory(directory.resolve("files"));
        spire.writeSvid(files);
        assertThat(openssl(files, svid(files))).contains("TLSv1.3", "Verification: OK", "HTTP/1.1 404");
        assertThat(openssl(files)).contains("alert").doesNotContain("HTTP/1.1");
    }

    private static String[] svid(Path files) {
        return new String[] {"-cert", files + "/svid.0.pem", "-key", files + "/svid.0.key"};
    }

    /** Sends a request to the server, which must have an SVID of the bundle. Returns the output of openssl. */
    private static String openssl(Path bundle, String... options) throws IOException {
        List<String> command = List.of(
                "sh",
                "-c",
                "printf 'GET /missing HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' | openssl s_client -ign_eof"
                        + " -verify_return_error -brief -CAfile \"$0/bundle.0.pem\" -connect 127.0.0.1:"
                        + server.address().getPort() + " \"$@\"",
                bundle.toString());
        try (Spire.Program openssl =
                spire.start(Stream.concat(command.stream(), Stream.of(options)).toList())) {
            openssl.awaitEnd(LIMIT);
            return openssl.output();
        }
    }

    /** openssl verifies the server, so only the client's SVID can be the reason. */
    @Test
    void refusesAnotherTrustDomainAndAForgedAuthority() throws IOException {
        boolean installed = Files.isExecutable(Path.of("/usr/bin/openssl"));
        assumeTrue(installed, "openssl is not installed");
        Path own = Files.createDirectory(directory.resolve("own"));
        spire.writeSvid(own);
        for (String domain : List.of("other.test", "sluice.test")) {
            Path socket = directory.resolve(domain + ".sock");
            Path foreign = Files.createDirectory(directory.resolve(domain));
            try (Spire.Program api =
                    spire.run("api", "-socket", socket.toString(), "-domain", domain, "-path", "/client")) {
                assertThat(api.firstLine()).isEqualTo("listening");
                spire.writeSvid(socket, foreign);
            }
            assertThat(openssl(own, svid(foreign)))
                    .as(domain)
                    .contains("Verification: OK", "alert")
                    .doesNotContain("HTTP/1.1");
        }
    }

    /**
     * A minute of downloads while the authority is replaced, and the former one is revoked. Then the server refuses an
     * SVID of the former one that has not expired.
     */
    @Test
    @Tag("soak")
    void aGoClientDownloadsWhileAuthoritiesAreReplaced() throws Exception {
        Path former = Files.createDirectory(directory.resolve("former"));
        spire.writeSvid(former);
        assertThat(openssl(former, svid(former))).contains("HTTP/1.1 404");
        try (Spire.Program client =
                spire.run("fetch", "-id", "spiffe://sluice.test/server", "-for", "60s", "-clients", "4", url())) {
            spire.replaceAuthority();
            client.awaitEnd(Duration.ofMinutes(2));
            assertThat(client.output()).contains("failures=0 " + digest);
        }
        Path current = Files.createDirectory(directory.resolve("current"));
        spire.writeSvid(current);
        assertThat(expires(former)).isAfter(Instant.now());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(openssl(current, svid(former)))
                        .contains("Verification: OK", "alert")
                        .doesNotContain("HTTP/1.1"));
        assertThat(openssl(current, svid(current))).contains("HTTP/1.1 404");
    }

    private static Instant expires(Path svid) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(svid.resolve("svid.0.pem"))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return certificate.getNotAfter().toInstant();
        }
    }

    /**
     * New SVIDs every two seconds, new authorities every seven. Go clients with new and with kept connections download
     * from the server; the reconciler's fetcher downloads from a Go server and from ours.
     */
    @Test
    @Tag("soak")
    void noDownloadFailsInTwoMinutesOfRotations() throws IOException {
        Path socket = directory.resolve("api.sock");
        String api = "unix://" + socket;
        Path served = Files.write(directory.resolve("rotating.tar.gz"), ARTIFACT);
        String all = "spiffe://sluice.test/flux";
        try (Spire.Program workloadApi = spire.run(
                "api",
                "-socket",
                socket.toString(),
                "-domain",
                "sluice.test",
                "-path",
                "/flux",
                "-svids",
                "2s",
                "-authorities",
                "7s")) {
            assertThat(workloadApi.firstLine()).isEqualTo("listening");
            try (RunningServer rotating = RunningServer.start(
                            directory.resolve("volume"),
                            "--authorized-artifact-client-spiffe-id=" + all,
                            "--spiffe-endpoint-socket=" + api);
                    Spire.Program go = spire.runWith(api, "serve", "-id", all, "-file", served.toString());
                    WorkloadIdentity identity = WorkloadIdentity.open(api)) {
                String url = "https://127.0.0.1:" + rotating.address().getPort() + "/a.tar.gz";
                List<String> fetched = List.of(url, "http://127.0.0.1:" + go.firstLine() + "/a.tar.gz");
                try (Spire.Program fresh =
                                spire.runWith(api, "fetch", "-id", all, "-for", "120s", "-clients", "2", url);
                        Spire.Program kept = spire.runWith(
                                api, "fetch", "-id", all, "-for", "120s", "-clients", "2", "-keep", url)) {
                    String counted = fetchWhile(fresh, fetched, tls(identity, all));
                    kept.awaitEnd(LIMIT);
                    System.out.println(counted + "; Go clients with new connections: " + fresh.output()
                            + "Go clients with kept connections: " + kept.output());
                    assertThat(List.of(fresh.output(), kept.output()))
                            .allMatch(output -> output.contains("failures=0 " + digest));
                }
            }
        }
    }

    private static String fetchWhile(Spire.Program client, List<String> urls, SpiffeTls tls) throws IOException {
        await().atMost(LIMIT).until(() -> tls.state().usable());
        ArtifactFetcher fetcher = fetcher(tls);
        Path target = directory.resolve("fetched");
        Set<Instant> expirations = new HashSet<>();
        int downloads = 0;
        while (client.isRunning()) {
            for (String url : urls) {
                fetcher.fetch(url, digest, target);
                downloads++;
            }
            tls.state().expires().ifPresent(expirations::add);
        }
        assertThat(expirations).hasSizeGreaterThan(40);
        return expirations.size() + " SVIDs; fetcher: " + downloads + " downloads, none failed";
    }

    /** The agent stops and starts again. */
    @Test
    @Tag("soak")
    void survivesAnAgentThatIsAway() throws IOException {
        spire.stopAgent();
        await().atMost(LIMIT).until(() -> server.management("/readyz").statusCode() == 503);
        spire.startAgent();
        await().atMost(LIMIT).until(() -> server.management("/readyz").statusCode() == 200);
        try (Spire.Program client = spire.run("fetch", "-id", "spiffe://sluice.test/server", url())) {
            client.awaitEnd(LIMIT);
            assertThat(client.output()).contains("failures=0 " + digest);
        }
    }
}
