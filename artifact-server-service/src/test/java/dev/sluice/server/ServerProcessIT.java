package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.packaged.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServerProcessIT {

    private static final int CLIENTS = 64;
    private static final int LARGE_BYTES = 50 * 1024 * 1024;

    @TempDir
    Path directory;

    private Path volume;

    @BeforeEach
    void makeVolume() throws IOException {
        volume = directory.resolve("volume");
        RunningServer.identify(volume, "test-volume");
    }

    @Test
    void servesFiftyMegabytesToSixtyFourClientsWithSixtyFourMegabytesOfHeap() throws Exception {
        Path large = volume.resolve("large.tar.gz");
        Files.write(large, new byte[LARGE_BYTES]);
        int port = ServerProcess.freePort();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (ServerProcess server = run(List.of(), List.of("-Xmx64m"), "--storage-addr=127.0.0.1:" + port)) {
            server.awaitServing();
            List<Future<Long>> downloads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                downloads.add(clients.submit(() -> drain(port)));
            }
            for (Future<Long> download : downloads) {
                assertThat(download.get(120, TimeUnit.SECONDS)).isGreaterThan(LARGE_BYTES);
            }
            assertThat(server.errors()).doesNotContain("OutOfMemory").doesNotContain("\"level\":\"error\"");
        } finally {
            clients.shutdownNow();
        }
    }

    /** Downloads without keeping the content; returns the number of bytes of head and body. */
    private static long drain(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("GET /large.tar.gz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            long total = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
            }
            return total;
        }
    }

    @Test
    void exitsWithItsParentAndWritesOnlyJsonLines() throws Exception {
        int port = ServerProcess.freePort();
        try (ServerProcess server = ServerProcess.run(
                directory,
                Map.of("SLUICE_EXIT_WITH_PARENT", "true"),
                List.of(),
                List.of(),
                arguments("--storage-addr=127.0.0.1:" + port))) {
            server.awaitServing();

            server.process().getOutputStream().close();

            assertThat(server.awaitExit()).isZero();
            assertThat(server.output()).isEmpty();
            for (String line : server.errors().split("\n", -1)) {
                if (!line.isEmpty()) {
                    JsonNode json = JsonMapper.shared().readTree(line);
                    assertThat(json.propertyNames()).contains("level", "ts", "logger", "msg");
                }
            }
            assertThat(server.errors().lines()).hasSizeLessThan(8);
        }
    }

    @Test
    void aPortInUseIsReportedInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server = run(List.of(), List.of(), "--storage-addr=127.0.0.1:" + taken.getLocalPort())) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.errors().lines()).hasSize(1);
            assertThat(server.errors())
                    .contains("port " + taken.getLocalPort() + " is in use", "--storage-addr", "cannot start");
        }
    }

    @Test
    void aManagementPortInUseIsReportedInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server = run(
                        List.of(),
                        List.of(),
                        "--storage-addr=127.0.0.1:0",
                        "--management-addr=127.0.0.1:" + taken.getLocalPort())) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.errors())
                    .contains("port " + taken.getLocalPort() + " is in use", "--management-addr")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aMissingStorageDirectoryIsReportedInOneLine() throws Exception {
        try (ServerProcess server =
                ServerProcess.run(directory, List.of(), List.of(), "--storage-path=" + directory.resolve("none"))) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.errors().lines()).hasSize(1);
            assertThat(server.errors()).contains("--storage-path", "none", "not a readable directory");
        }
    }

    @Test
    void anInvalidCommandLineIsRejectedBeforeTheStart() throws Exception {
        try (ServerProcess server = ServerProcess.run(directory, List.of(), List.of(), "--no-such-flag")) {
            assertThat(server.awaitExit()).isEqualTo(2);
            assertThat(server.errors().lines()).hasSize(1);
            assertThat(server.errors()).contains("--no-such-flag", "--help");
        }
        try (ServerProcess server = ServerProcess.run(directory, List.of(), List.of(), "--help")) {
            assertThat(server.awaitExit()).isZero();
            assertThat(server.errors()).isEmpty();
            assertThat(server.output()).contains("--storage-path", "--directory-listing", "--management-addr");
        }
    }

    @Test
    void aLocaleWithoutUtf8IsReportedOnceAndAsciiNamesAreServed() throws Exception {
        Files.writeString(volume.resolve("plain.tar.gz"), "plain");
        Files.writeString(volume.resolve("größe.tar.gz"), "umlauts");
        int port = ServerProcess.freePort();
        try (ServerProcess server = ServerProcess.run(
                directory,
                Map.of("LC_ALL", "POSIX"),
                List.of(),
                List.of(),
                arguments("--storage-addr=127.0.0.1:" + port))) {
            server.awaitServing();

            assertThat(get(port, "/plain.tar.gz")).startsWith("HTTP/1.1 200 ").endsWith("plain");
            assertThat(get(port, "/gr%C3%B6%C3%9Fe.tar.gz")).startsWith("HTTP/1.1 404 ");
            assertThat(server.errors().lines().filter(line -> line.contains("set LC_ALL=C.UTF-8")))
                    .hasSize(1);
            assertThat(server.errors()).doesNotContain("\"level\":\"error\"");
        }
    }

    private static String get(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            String request = "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(path);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Otherwise all tests that start a packaged service would use twice the processor time. */
    @Test
    void startsFromItsClassDataArchive() throws Exception {
        try (ServerProcess server = ServerProcess.run(directory, List.of(), List.of("-Xshare:on"), "--version")) {
            assertThat(server.awaitExit()).as(server.output()).isZero();
            assertThat(PackagedService.of(Path.of("")).jarOptions().get(0)).startsWith("-XX:SharedArchiveFile=");
        }
    }

    @Test
    void theJarContainsNoKubernetesClient() throws IOException {
        try (JarFile jar = new JarFile(ServerProcess.jar().toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName().toLowerCase(Locale.ROOT)))
                    .noneMatch(name -> name.contains("kubernetes") || name.contains("client-java"));
        }
    }

    private ServerProcess run(List<String> prefix, List<String> jvmArguments, String... arguments) throws IOException {
        return ServerProcess.run(directory, prefix, jvmArguments, arguments(arguments));
    }

    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of("--storage-path=" + volume, "--management-addr=127.0.0.1:0"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
