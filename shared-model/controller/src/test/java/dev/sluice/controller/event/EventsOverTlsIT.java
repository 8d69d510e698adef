package dev.sluice.controller.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import dev.sluice.artifact.spiffe.FakeWorkloadApi;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.TrustDomain;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.GitRepository;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events to a receiver with a certificate of a private authority, or with an SVID. */
@Timeout(120)
class EventsOverTlsIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    private final AtomicInteger received = new AtomicInteger();
    private HttpsServer receiver;
    private Path authority;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        receiver.createContext("/", exchange -> {
            received.incrementAndGet();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        receiver.start();
        authority = directory.resolve("ca.crt");
        keytool("-exportcert", "-rfc", "-file", authority.toString());
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private SSLContext selfSigned() throws IOException, GeneralSecurityException, InterruptedException {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=receiver", "-ext", "SAN=IP:127.0.0.1");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> store =
                List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", directory + "/keys.p12");
        Process process = new ProcessBuilder(Stream.of(List.of(program), List.of(arguments), store)
                        .flatMap(List::stream)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as("keytool %s", List.of(arguments))
                .isTrue();
    }

    private void send(TlsFiles files) throws IOException {
        send("https", ReloadingTls.of(files));
    }

    private void send(String scheme, TlsSource tls) throws IOException {
        sendTo(scheme + "://127.0.0.1:" + receiver.getAddress().getPort() + "/", tls);
    }

    private static void sendTo(String address, TlsSource tls) throws IOException {
        NotificationEventSink sink = new NotificationEventSink(
                address, new NotificationBody("source-watcher", "host-1"), Duration.ofSeconds(30), pause -> {}, tls);
        GitRepository about = ToolkitJson.gson().fromJson("""
                        {"metadata":{"name":"one","namespace":"apps","uid":"u1"}}""", GitRepository.class);
        sink.send(ObjectEvent.about(about, EventType.WARNING, "Build", "BuildFailed", "m", Instant.EPOCH, Map.of()));
    }

    @Test
    void postsToAReceiverOfATrustedAuthorityOnly() throws IOException {
        send(TlsFiles.none().withAuthorities(authority));
        assertThat(received).hasValue(1);

        assertThatThrownBy(() -> send(TlsFiles.none()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("certification path");
        assertThatThrownBy(() -> send(TlsFiles.none().withAuthorities(directory.resolve("missing.crt"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.crt\": no such file");
        assertThat(received).hasValue(1);
    }

    @Test
    void postsToAnAuthorizedSpiffeIdOnlyAlsoAtAnHttpAddress() throws IOException {
        TrustDomain domain = new TrustDomain("own.org");
        try (FakeWorkloadApi api = FakeWorkloadApi.open(directory.resolve("api.sock"));
                WorkloadIdentity identity = WorkloadIdentity.open(api.address())) {
            api.publish(domain.update("/notification"));
            SpiffeTls own = SpiffeTls.of(identity, AuthorizedSpiffeIds.parse(List.of("spiffe://self/notification")));
            await().atMost(Duration.ofSeconds(60)).until(() -> own.state().usable());
            receiver.stop(0);
            receiver = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            receiver.setHttpsConfigurator(new HttpsConfigurator(own.context()) {
                @Override
                public void configure(HttpsParameters connection) {
                    connection.setSSLParameters(own.serverParameters());
                }
            });
            receiver.createContext("/", exchange -> {
                received.incrementAndGet();
                exchange.sendResponseHeaders(202, -1);
                exchange.close();
            });
            receiver.start();

            send("http", own);
            send("https", own);
            assertThat(received).hasValue(2);

            SpiffeTls other = SpiffeTls.of(identity, AuthorizedSpiffeIds.parse(List.of("spiffe://self/other")));
            assertThatThrownBy(() -> send("http", other))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the peer's SPIFFE ID \"spiffe://own.org/notification\" is not authorized;"
                            + " expected spiffe://self/other");

            api.publish(domain.update("/intruder"));
            SpiffeTls intruder = SpiffeTls.of(identity, AuthorizedSpiffeIds.parse(List.of("spiffe://self")));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> intruder.state().detail().contains("/intruder"));
            assertThatThrownBy(() -> send("http", intruder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("; offered TLSv1.3 with SPIFFE ID \"spiffe://own.org/intruder\"");
            assertThat(received).hasValue(2);
        }
    }

    /** As for downloads. Without an SVID, there is no connection. */
    @Test
    void keepsThePortOfTheAddressWithSpiffe() throws IOException {
        try (FakeWorkloadApi api = FakeWorkloadApi.open(directory.resolve("api.sock"));
                WorkloadIdentity identity = WorkloadIdentity.open(api.address())) {
            SpiffeTls own = SpiffeTls.of(identity, AuthorizedSpiffeIds.parse(List.of("spiffe://self")));
            Map.of(
                            "http://receiver.test./", 443,
                            "http://receiver.test.:80/", 80,
                            "http://receiver.test.:80", 80,
                            "http://receiver.test:8080/x:80/", 8080,
                            "https://receiver.test/", 443)
                    .forEach((address, port) -> assertThatThrownBy(() -> sendTo(address, own))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining(":" + port + ": ")
                            .hasMessageContaining("offered TLSv1.3 without an X.509-SVID"));
        }
    }
}
