package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.RawHttp;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.SecretVolume;
import dev.sluice.artifact.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final int CLIENTS = 4;
    private static final byte[] ARTIFACT = new byte[600_000];

    @TempDir
    Path directory;

    private final TestAuthority authority = new TestAuthority("authority");
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger downloads = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
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
        over.set(true);
        threads.shutdownNow();
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
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            boolean keepsConnection = i % 2 == 0;
            clients.add(threads.submit(() -> download(context, keepsConnection)));
        }
        for (int i = 0; i < rotations; i++) {
            X509Certificate rotated = rotate().certificate();
            int before = downloads.get();
            await().pollDelay(pause)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(LIMIT)
                    .until(() -> certificateOf(context).equals(rotated) && downloads.get() >= before + CLIENTS);
        }
        over.set(true);
        for (Future<?> client : clients) {
            client.get(60, TimeUnit.SECONDS);
        }
    }

    private X509Certificate certificateOf(SSLContext context) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort())) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private Void download(SSLContext context, boolean keepsConnection) throws IOException {
        while (!over.get()) {
            try (RawHttp http = RawHttp.overTls(server.address(), context)) {
                do {
                    http.send("GET", "/a.tar.gz");
                    assertThat(http.receive("GET").body()).isEqualTo(ARTIFACT);
                    downloads.incrementAndGet();
                } while (keepsConnection && !over.get());
            }
        }
        return null;
    }
}
