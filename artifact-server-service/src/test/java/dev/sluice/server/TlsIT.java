package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.artifact.server.RawHttp;
import dev.sluice.artifact.tls.RefusedClients;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.SecretVolume;
import dev.sluice.artifact.tls.TestAuthority;
import dev.sluice.artifact.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The artifact port with TLS: one server without client certificates, and one that requires them. */
@Timeout(180)
class TlsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");
    private static final byte[] LARGE = new byte[5_000_000];
    private static final byte[] SMALL = new byte[10_000];

    @TempDir
    static Path directory;

    private static SecretVolume serverSecret;
    private static RunningServer server;
    private static SSLContext client;

    @BeforeAll
    static void start() throws IOException {
        new Random(3).nextBytes(LARGE);
        new Random(4).nextBytes(SMALL);
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.write(volume.resolve("large.tar.gz"), LARGE);
        Files.write(volume.resolve("small.tar.gz"), SMALL);
        serverSecret = new SecretVolume(directory.resolve("server"));
        serverSecret.write(AUTHORITY.issue(), AUTHORITY.pem());
        server = RunningServer.start(
                volume, withTls("--server.tomcat.connection-timeout=2s", "--server.tomcat.keep-alive-timeout=60s"));
        client = trusting(AUTHORITY);
    }

    private static String[] withTls(String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--tls-cert-file=" + serverSecret.certificate());
        arguments.add("--tls-private-key-file=" + serverSecret.privateKey());
        return arguments.toArray(String[]::new);
    }

    private static SSLContext trusting(TestAuthority authority) throws IOException {
        Path file = Files.createTempFile(directory, "ca", ".crt");
        Files.writeString(file, authority.pem());
        return ReloadingTls.of(TlsFiles.none().withAuthorities(file)).context();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawHttp connect() throws IOException {
        return RawHttp.overTls(server.address(), client);
    }

    private static byte[] get(RawHttp http, String path, String... headers) throws IOException {
        http.send("GET", path, headers);
        return http.receive("GET").body();
    }

    @Test
    void servesArtifactsOverTls() throws IOException {
        try (RawHttp http = connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(http, "/large.tar.gz")).isEqualTo(LARGE);
                assertThat(get(http, "/small.tar.gz")).isEqualTo(SMALL);
            }
            http.send("GET", "/large.tar.gz", "Range: bytes=1000000-4999999");
            RawHttp.Reply part = http.receive("GET");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.body()).hasSize(4_000_000).endsWith(LARGE[4_999_999]);
            http.send("HEAD", "/large.tar.gz");
            assertThat(http.receive("HEAD").header("Content-Length")).isEqualTo("5000000");
            http.send("GET", "/missing");
            assertThat(http.receive("GET").status()).isEqualTo(404);
        }
    }

    @Test
    void answersPlainHttpWithNothing() throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /small.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(readUntilClosed(socket)).isEmpty();
        }
        assertThat(server.management("/readyz").statusCode()).isEqualTo(200);
        assertThat(server.management("/metrics").body())
                .contains("sluice_tls_certificate_expiration_timestamp_seconds");
    }

    private static byte[] readUntilClosed(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return in.readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    @Test
    void refusesOlderProtocolsAndIsRefusedByClientsOfAnotherAuthority() throws IOException {
        assertThatThrownBy(() -> handshake(client, "TLSv1.2")).isInstanceOf(IOException.class);
        SSLContext stranger = trusting(new TestAuthority("stranger"));
        assertThatThrownBy(() -> handshake(stranger, "TLSv1.3"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("certification path");
        handshake(client, "TLSv1.3");
    }

    private static void handshake(SSLContext context, String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
        }
    }

    @Test
    void isUsableByOpensslAndCurl() throws Exception {
        assumeTrue(isInstalled("openssl") && isInstalled("curl"), "openssl and curl are not installed");
        String address = "127.0.0.1:" + server.address().getPort();
        assertThat(run(
                        "openssl",
                        "s_client",
                        "-connect",
                        address,
                        "-CAfile",
                        serverSecret.authorities().toString(),
                        "-verify_return_error",
                        "-brief"))
                .contains("TLSv1.3")
                .contains("Verification: OK");
        Path downloaded = directory.resolve("downloaded");
        assertThat(run(
                        "curl",
                        "-sS",
                        "--fail",
                        "--cacert",
                        serverSecret.authorities().toString(),
                        "-o",
                        downloaded.toString(),
                        "-w",
                        "%{http_code}",
                        "https://" + address + "/large.tar.gz"))
                .isEqualTo("200");
        assertThat(downloaded).hasBinaryContent(LARGE);
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", "");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    /** A byte at a time does not extend the time limit of 2 s: at that pace, the ClientHello would need 40 s. */
    @Test
    void aHandshakeThatAdvancesSlowlyIsClosed() throws IOException {
        byte[] hello = UnfinishedHandshakes.clientHello(client);
        assertThat(hello).hasSizeGreaterThan(400);
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(100);
            long start = System.nanoTime();
            int sent = 0;
            while (!isClosedAfter(socket, hello[sent])) {
                sent++;
                assertThat(sent).isLessThan(hello.length / 2);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1500));
        }
    }

    /** Sends a byte and waits a tenth of a second for the end of the connection. */
    private static boolean isClosedAfter(Socket socket, byte next) throws IOException {
        try {
            socket.getOutputStream().write(next);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void isNotReadyUntilThereIsACertificateAndThenRequiresThoseOfClients() throws IOException {
        SecretVolume secret = new SecretVolume(directory.resolve("mutual"));
        Path volume = Files.createDirectory(directory.resolve("mutual-volume"));
        Files.write(volume.resolve("small.tar.gz"), SMALL);
        RunningServer.identify(volume, "mutual");
        try (RunningServer mutual = RunningServer.startUnidentified(
                volume,
                "--tls-cert-file=" + secret.certificate(),
                "--tls-private-key-file=" + secret.privateKey(),
                "--client-ca-file=" + secret.authorities())) {
            assertThat(mutual.management("/readyz").statusCode()).isEqualTo(503);
            assertThat(mutual.management("/actuator/health").body())
                    .contains("tls.crt")
                    .contains("no such file; mount the Secret that contains it, or correct the path");
            assertThat(mutual.management("/healthz").statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> RawHttp.overTls(mutual.address(), client).send("GET", "/small.tar.gz"))
                    .isInstanceOf(IOException.class);

            ListAppender<ILoggingEvent> files = logOf(ReloadingTls.class);
            Instant now = Instant.now();
            secret.write(AUTHORITY.issue(now.minusSeconds(60), now.plusSeconds(2)), AUTHORITY.pem());
            await().atMost(LIMIT)
                    .until(() -> mutual.management("/readyz").statusCode() == 503 && names(files, "expired at"));

            secret.write(AUTHORITY.issue(), AUTHORITY.pem());
            await().atMost(LIMIT).until(() -> mutual.management("/readyz").statusCode() == 200);

            ListAppender<ILoggingEvent> log = logOf(RefusedClients.class);
            assertThatThrownBy(() -> getSmall(mutual, client)).isInstanceOf(IOException.class);
            await().atMost(LIMIT).until(() -> !log.list.isEmpty());
            assertThat(log.list.get(0).getMessage()).isEqualTo("TLS client refused");
            assertThat(log.list.get(0).getKeyValuePairs().toString())
                    .contains("the TLS handshake with /127.0.0.1:", "Empty client certificate chain");
            SSLContext stranger = withCertificate("stranger", new TestAuthority("stranger"));
            assertThatThrownBy(() -> getSmall(mutual, stranger)).isInstanceOf(IOException.class);
            assertThat(getSmall(mutual, withCertificate("known", AUTHORITY))).isEqualTo(SMALL);
        }
    }

    private static ListAppender<ILoggingEvent> logOf(Class<?> logger) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        ((Logger) LoggerFactory.getLogger(logger)).addAppender(log);
        return log;
    }

    private static boolean names(ListAppender<ILoggingEvent> log, String problem) {
        return log.list.stream()
                .anyMatch(event -> String.valueOf(event.getKeyValuePairs()).contains(problem));
    }

    private static byte[] getSmall(RunningServer from, SSLContext context) throws IOException {
        try (RawHttp http = RawHttp.overTls(from.address(), context)) {
            return get(http, "/small.tar.gz");
        }
    }

    /** A client that trusts the server and has a certificate of {@code own}. */
    private static SSLContext withCertificate(String name, TestAuthority own) throws IOException {
        SecretVolume secret = new SecretVolume(directory.resolve(name));
        TestAuthority.Issued issued = own.issue();
        secret.write(Map.of("tls.crt", issued.certificatePem(), "tls.key", issued.keyPem(), "ca.crt", AUTHORITY.pem()));
        return ReloadingTls.of(secret.allFiles()).context();
    }
}
