package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.SecretVolume;
import dev.sluice.artifact.tls.TestAuthority;
import dev.sluice.artifact.tls.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uses limits of one second instead of the usual ones, set in the same way. */
@Timeout(120)
class SlowClientIT {

    /** More than the number of server threads. */
    private static final int CLIENTS = 80;

    @TempDir
    Path directory;

    private Process process;
    private InetSocketAddress server;
    private InetSocketAddress tlsServer;
    private SecretVolume secret;

    @BeforeEach
    void start() throws IOException {
        TestAuthority authority = new TestAuthority("authority");
        secret = new SecretVolume(directory.resolve("secret"));
        secret.write(authority.issue(), authority.pem());
        Path base = CanaryVolume.create(directory).base();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dsun.net.httpserver.maxReqTime=1",
                        "-Dsun.net.httpserver.maxRspTime=1",
                        "-cp",
                        classPath,
                        ServerProcess.class.getName(),
                        base.toString(),
                        secret.certificate().toString(),
                        secret.privateKey().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(out.readLine()));
        tlsServer = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(out.readLine()));
    }

    @AfterEach
    void stop() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Test
    void disconnectsClientsThatNeverFinishTheirRequest() throws IOException {
        assertDisconnects(server, "GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        assertThat(RawHttp.request(server, "GET", CanaryVolume.ARTIFACT).status())
                .isEqualTo(200);
    }

    @Test
    void disconnectsClientsThatNeverFinishTheirHandshake() throws IOException {
        byte[] startOfHello = {22, 3, 1, 2, 0, 1};
        assertDisconnects(tlsServer, startOfHello);
        SSLContext client = ReloadingTls.of(TlsFiles.none().withAuthorities(secret.authorities()))
                .context();
        // the first handshakes of the process can need more than the limit
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(statusOverTls(client)).isEqualTo(200));
    }

    private int statusOverTls(SSLContext client) throws IOException {
        try (RawHttp http = RawHttp.overTls(tlsServer, client)) {
            http.send("GET", CanaryVolume.ARTIFACT);
            return http.receive("GET").status();
        }
    }

    private static void assertDisconnects(InetSocketAddress address, byte[] start) throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = new Socket(address.getAddress(), address.getPort());
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(start);
                slow.add(socket);
            }
            for (Socket socket : slow) {
                assertThat(isCut(socket)).isTrue();
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static boolean isCut(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void disconnectsAClientThatDoesNotRead() throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RawHttp http = new RawHttp(server);
            http.send("GET", CanaryVolume.LARGE);
            slow.add(http);
        }
        // all threads are busy with clients that do not read: this request is handled after they are disconnected
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(RawHttp.request(server, "GET", CanaryVolume.ARTIFACT)
                                .status())
                        .isEqualTo(200));
        assertThatThrownBy(() -> slow.get(0).receive("GET")).isInstanceOf(IOException.class);
        for (RawHttp http : slow) {
            http.close();
        }
    }
}
