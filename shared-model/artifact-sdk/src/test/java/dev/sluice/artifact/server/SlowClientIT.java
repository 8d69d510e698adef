package dev.sluice.artifact.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @BeforeEach
    void start() throws IOException {
        Path base = CanaryVolume.create(directory).base();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsun.net.httpserver.maxReqTime=1",
                        "-Dsun.net.httpserver.maxRspTime=1",
                        "-cp",
                        classPath,
                        ServerProcess.class.getName(),
                        base.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(out.readLine()));
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
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = new Socket(server.getAddress(), server.getPort());
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            for (Socket socket : slow) {
                assertThat(isCut(socket)).isTrue();
            }
            assertThat(RawHttp.request(server, "GET", CanaryVolume.ARTIFACT).status())
                    .isEqualTo(200);
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
