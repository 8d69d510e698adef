package dev.sluice.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a self-signed certificate, for which retries are pointless. */
@Timeout(120)
class UntrustedServerIT {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @TempDir
    static Path directory;

    private static HttpsServer server;

    private final List<Duration> waits = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static SSLContext selfSigned() throws IOException, GeneralSecurityException, InterruptedException {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
                .as("keytool created a key")
                .isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/a.tar.gz";
    }

    private void fetch(String url) throws IOException {
        ArtifactFetcher fetcher = new ArtifactFetcher(FetchOptions.defaults(), Clock.systemUTC(), waits::add, () -> 0);
        fetcher.fetch(url, DIGEST, directory.resolve("artifact"));
    }

    @Test
    void doesNotRetryAnUntrustedCertificate() {
        assertThatThrownBy(() -> fetch(url()))
                .isExactlyInstanceOf(FetchException.class)
                .hasMessageContaining("the server's certificate is not trusted")
                .hasMessageContaining("/a.tar.gz");
        assertThat(waits).isEmpty();
    }

    @Test
    void doesNotRetryAnUntrustedCertificateAfterARedirect() throws IOException {
        try (ScriptedServer first = new ScriptedServer(ScriptedServer.status(302, "Location: " + url()))) {
            assertThatThrownBy(() -> fetch(first.url("/")))
                    .isExactlyInstanceOf(FetchException.class)
                    .hasMessageContaining("the server's certificate is not trusted");
            assertThat(first.requests()).hasSize(1);
        }
        assertThat(waits).isEmpty();
    }
}
