package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of {@code helm test}, against a test server. */
class DownloadTestScriptIT {

    private static final String ARTIFACT = "externalartifact/apps/app/0123.tar.gz";

    @TempDir
    Path volume;

    private final AtomicInteger refusals = new AtomicInteger();
    private volatile String content = "artifact";
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        assumeTrue(Tool.isAvailable("wget") && Tool.isAvailable("sha256sum"), "needs wget and sha256sum");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean refused = refusals.getAndDecrement() > 0;
        boolean known =
                List.of("/", "/" + ARTIFACT).contains(exchange.getRequestURI().getPath());
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refused ? 503 : known ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private Tool.Result run(String directory, int seconds) {
        return Tool.run(command("http://127.0.0.1:" + server.getAddress().getPort() + "/", directory, seconds));
    }

    private static List<String> command(String url, String directory, int seconds) {
        Manifest pod = Helm.orSkip().template().get("Pod", "sluice-test-served");
        List<String> command = new ArrayList<>(Manifest.strings(pod.at("spec", "containers", 0, "command")));
        command.set(4, url);
        command.set(5, directory);
        command.set(6, Integer.toString(seconds));
        return command;
    }

    private void store() throws IOException {
        Path file = volume.resolve(ARTIFACT);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "artifact");
        Files.writeString(file.resolveSibling(".tmp.tar.gz"), "unfinished");
    }

    @Test
    void downloadsStoredArtifact() throws IOException {
        store();
        Tool.Result result = run(volume.toString(), 30);

        assertThat(result.output()).isEqualTo("downloaded " + ARTIFACT + "\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void downloadsOverTls() throws IOException {
        assumeTrue(Tool.isAvailable("openssl") && Tool.isAvailable("curl"), "needs openssl and curl");
        store();
        Path tls = Files.createDirectory(volume.resolve("tls"));
        Path certificate = tls.resolve("tls.crt");
        Path key = tls.resolve("tls.key");
        selfSigned(tls);
        HttpsServer tlsServer = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ReloadingTls both = ReloadingTls.of(
                TlsFiles.none().withCertificate(certificate, key).withAuthorities(certificate));
        tlsServer.setHttpsConfigurator(new HttpsConfigurator(both.context()) {
            @Override
            public void configure(HttpsParameters connection) {
                connection.setSSLParameters(both.serverParameters());
            }
        });
        tlsServer.createContext("/", this::answer);
        tlsServer.start();
        try {
            String url = "https://127.0.0.1:" + tlsServer.getAddress().getPort() + "/";
            List<String> command = command(url, volume.toString(), 30);
            command.add(certificate.toString());
            command.add(tls.toString());

            Tool.Result result = Tool.run(command);

            assertThat(result.output() + result.errors()).isEqualTo("downloaded " + ARTIFACT + "\n");
        } finally {
            tlsServer.stop(0);
        }
    }

    private static void selfSigned(Path tls) throws IOException {
        Tool.run(List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-subj",
                        "/CN=test",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-days",
                        "2",
                        "-keyout",
                        tls.resolve("tls.key").toString(),
                        "-out",
                        tls.resolve("tls.crt").toString()))
                .orFail();
    }

    @Test
    void checksThatServersRequireAnSvid() throws IOException {
        assumeTrue(Tool.isAvailable("openssl") && Tool.isAvailable("curl"), "needs openssl and curl");
        Path tls = Files.createDirectory(volume.resolve("tls"));
        selfSigned(tls);
        assertThat(Tool.run(command("spiffe://127.0.0.1:" + server.getAddress().getPort() + "/", "", 1))
                        .errors())
                .contains("did not refuse a client without an SVID");
        Process mutual = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-Verify",
                        "1",
                        "-verify_return_error",
                        "-cert",
                        tls.resolve("tls.crt").toString(),
                        "-key",
                        tls.resolve("tls.key").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = mutual.inputReader()) {
            String line = "";
            while (!line.startsWith("ACCEPT 127.0.0.1:")) {
                line = Objects.requireNonNull(output.readLine(), "openssl has ended");
            }
            Tool.Result result = Tool.run(command("spiffe://" + line.substring("ACCEPT ".length()) + "/", "", 30));
            assertThat(result.output() + result.errors()).isEqualTo("the servers have an SVID and require one\n");
        } finally {
            mutual.destroyForcibly();
        }
    }

    @Test
    void retriesUntilServersAreReady() throws IOException {
        store();
        refusals.set(2);
        Tool.Result result = run(volume.toString(), 60);

        assertThat(result.output()).contains("downloaded");
        assertThat(result.code()).isZero();
    }

    @Test
    void failsOnWrongContent() throws IOException {
        store();
        content = "something else";
        Tool.Result result = run(volume.toString(), 1);

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains(ARTIFACT + " returned different content than the volume");
    }

    @Test
    void failsWithoutResponse() {
        refusals.set(1_000);
        Tool.Result result = run(volume.toString(), 1);

        assertThat(result.code()).isNotZero();
        assertThat(result.errors()).contains("GET http://127.0.0.1:", "network policies");
    }

    @Test
    void succeedsWithoutArtifactIfServersAreReady() {
        assertThat(run(volume.toString(), 30).output()).contains("there is no artifact yet");
        assertThat(run("", 30).output()).contains("the servers are ready");
    }
}
