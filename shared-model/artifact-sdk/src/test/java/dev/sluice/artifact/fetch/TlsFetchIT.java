package dev.sluice.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.server.CanaryVolume;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.SecretVolume;
import dev.sluice.artifact.tls.TestAuthority;
import dev.sluice.artifact.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads over TLS from the SDK's artifact server, with certificates from files on both sides. */
@Timeout(120)
class TlsFetchIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final TestAuthority authority = new TestAuthority("authority");
    private SecretVolume serverSecret;
    private SecretVolume clientSecret;
    private ArtifactServer server;
    private ArtifactFetcher fetcher;

    @BeforeEach
    void start() throws IOException {
        serverSecret = new SecretVolume(directory.resolve("server"));
        clientSecret = new SecretVolume(directory.resolve("client"));
        serverSecret.write(authority.issue(), authority.pem());
        clientSecret.write(authority.issue(), authority.pem());
        CanaryVolume volume = CanaryVolume.create(directory);
        server = ArtifactServer.open(
                ArtifactServerOptions.of(volume.base(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withTls(ReloadingTls.of(serverSecret.allFiles())));
        fetcher = fetcher(clientSecret.allFiles());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ArtifactFetcher fetcher(TlsFiles files) {
        return fetcher(FetchAccess.open().withTls(ReloadingTls.of(files)));
    }

    private static ArtifactFetcher fetcher(FetchAccess access) {
        return new ArtifactFetcher(FetchOptions.defaults()
                .withRetry(RetryPolicy.FLUX.withRetries(0))
                .withAccess(access));
    }

    private void fetch(ArtifactFetcher by) throws IOException {
        Path target = directory.resolve("downloaded");
        String digest =
                Digest.ofBytes(DigestAlgorithm.SHA256, CanaryVolume.content()).toString();
        by.fetch("https://127.0.0.1:" + server.address().getPort() + CanaryVolume.ARTIFACT, digest, target);
        assertThat(target).hasBinaryContent(CanaryVolume.content());
        Files.delete(target);
    }

    @Test
    void downloadsFromAServerOfATrustedAuthorityWithAClientCertificate() throws IOException {
        fetch(fetcher);
        fetch(fetcher);
    }

    @Test
    void isRefusedWithoutAClientCertificateOrWithAnother() throws IOException {
        assertThatThrownBy(() -> fetch(fetcher(TlsFiles.none().withAuthorities(clientSecret.authorities()))))
                .isInstanceOf(IOException.class);
        SecretVolume stranger = new SecretVolume(directory.resolve("stranger"));
        stranger.write(new TestAuthority("stranger").issue(), authority.pem());
        assertThatThrownBy(() -> fetch(fetcher(stranger.allFiles()))).isInstanceOf(IOException.class);
    }

    @Test
    void presentsTheCertificateOnlyToNamedHosts() throws IOException {
        ReloadingTls tls = ReloadingTls.of(clientSecret.allFiles());
        fetch(fetcher(FetchAccess.open().withTls(tls, "127.0.0.1"::equals)));
        assertThatThrownBy(() -> fetch(fetcher(FetchAccess.open().withTls(tls, "elsewhere.test"::equals))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesAnotherAuthorityAndAnotherName() throws IOException {
        SecretVolume stranger = new SecretVolume(directory.resolve("stranger"));
        stranger.write(authority.issue(), new TestAuthority("stranger").pem());
        assertThatThrownBy(() -> fetch(fetcher(stranger.allFiles())))
                .isExactlyInstanceOf(FetchException.class)
                .hasMessageContaining("the server's certificate is not trusted");

        serverSecret.write(authority.issue(new GeneralName(GeneralName.dNSName, "elsewhere.test")), authority.pem());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThatThrownBy(() -> fetch(fetcher(clientSecret.allFiles())))
                        .isExactlyInstanceOf(FetchException.class)
                        .hasMessageContaining("the server's certificate is not trusted"));
    }

    /** The order of a rotation without an outage: both authorities everywhere, then certificates of the new one. */
    @Test
    void anAuthorityIsReplacedWithoutAFailedDownload() throws IOException {
        TestAuthority next = new TestAuthority("next");
        String both = authority.pem() + next.pem();
        rotate(authority, both);
        rotate(next, both);
        rotate(next, next.pem());
    }

    /** Both sides use the new files when a download with a client that trusts only them succeeds. */
    private void rotate(TestAuthority issuer, String trusted) throws IOException {
        serverSecret.write(issuer.issue(), trusted);
        fetch(fetcher);
        clientSecret.write(issuer.issue(), trusted);
        SecretVolume exact = new SecretVolume(directory.resolve("exact"));
        exact.write(issuer.issue(), issuer.pem());
        await().atMost(LIMIT).until(() -> {
            fetch(fetcher);
            try {
                fetch(fetcher(exact.allFiles()));
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    @Test
    void namesMissingCertificatesAndRetriesLater() throws IOException {
        SecretVolume late = new SecretVolume(directory.resolve("late"));
        ArtifactFetcher waiting = fetcher(late.allFiles());
        assertThatThrownBy(() -> fetch(waiting))
                .isInstanceOf(RetryableFetchException.class)
                .hasMessageContaining("this controller has no usable TLS certificates; see its log");

        late.write(authority.issue(), authority.pem());
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            fetch(waiting);
            return true;
        });
    }

    @Test
    void handshakesThatNeverEndDoNotDelayOthers() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                silent.add(new Socket(
                        server.address().getAddress(), server.address().getPort()));
            }
            fetch(fetcher);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
