package dev.sluice.server;

import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.SecretVolume;
import dev.sluice.artifact.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of the server and of its clients are replaced while clients download; no download fails. */
@Timeout(300)
class TlsRotationIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final byte[] ARTIFACT = new byte[600_000];

    @TempDir
    Path directory;

    private final TestAuthority authority = new TestAuthority("authority");
    private SecretVolume serverSecret;
    private SecretVolume clientSecret;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        new Random(5).nextBytes(ARTIFACT);
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.write(volume.resolve("a.tar.gz"), ARTIFACT);
        serverSecret = new SecretVolume(directory.resolve("server"));
        clientSecret = new SecretVolume(directory.resolve("client"));
        rotate();
        server = RunningServer.start(
                volume,
                "--tls-cert-file=" + serverSecret.certificate(),
                "--tls-private-key-file=" + serverSecret.privateKey(),
                "--client-ca-file=" + serverSecret.authorities());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestAuthority.Issued rotate() throws IOException {
        TestAuthority.Issued issued = authority.issue();
        serverSecret.write(issued, authority.pem());
        clientSecret.write(authority.issue(), authority.pem());
        return issued;
    }

    @Test
    void noDownloadFails() throws Exception {
        downloadWhileRotating(5, Duration.ZERO);
    }

    @Test
    @Tag("soak")
    void noDownloadFailsForTwoMinutes() throws Exception {
        downloadWhileRotating(60, Duration.ofSeconds(2));
    }

    /** Rotates when the server uses the previous certificate and each client has downloaded since. */
    private void downloadWhileRotating(int rotations, Duration pause) throws Exception {
        SSLContext context = ReloadingTls.of(clientSecret.allFiles()).context();
        try (DownloadLoad load = new DownloadLoad(
                DownloadLoad.keeping(server.address(), context, ARTIFACT),
                DownloadLoad.keeping(server.address(), context, ARTIFACT),
                DownloadLoad.connecting(server.address(), context, ARTIFACT),
                DownloadLoad.connecting(server.address(), context, ARTIFACT))) {
            for (int i = 0; i < rotations; i++) {
                X509Certificate rotated = rotate().certificate();
                await().pollDelay(pause)
                        .pollInterval(Duration.ofMillis(50))
                        .atMost(LIMIT)
                        .until(() -> certificateOf(context).equals(rotated));
                load.awaitMore();
            }
            load.end();
            System.out.println(rotations + " rotations, " + load.downloads() + " downloads, none failed");
        }
    }

    private X509Certificate certificateOf(SSLContext context) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort())) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
